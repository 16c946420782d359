using BatchXai.Onnx;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Models;

/// <summary>
/// The preprocessing that a graph does itself: per channel (x − mean) / std, read from the operators that touch the input first and
/// measured by running them. Mean and deviation are in units of the graph's input.
/// </summary>
/// <param name="Mean">Mean of each input channel.</param>
/// <param name="Std">Deviation of each input channel.</param>
/// <param name="SwapsChannels">The graph reverses the order of the channels.</param>
/// <param name="Operators">The operators, in order of execution.</param>
public sealed record InputNormalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Std, bool SwapsChannels, IReadOnlyList<string> Operators)
{
    private const float Tolerance = 1e-3f;

    private static readonly string[] Arithmetic = ["Sub", "Add", "Mul", "Div", "BatchNormalization", "Neg"];
    private static readonly string[] Movers = ["Cast", "CastLike", "Transpose", "Identity", "Reshape", "Squeeze", "Unsqueeze", "Gather", "Slice", "Split", "Concat", "Dropout"];

    /// <summary>
    /// Highest pixel value that fits: 255 for raw pixels, 1 for pixels in 0 … 1; null when the constants fit neither. Images have their mean
    /// well inside that range; a factor alone brings the range to about one.
    /// </summary>
    public double? PixelMaximum
    {
        get
        {
            var (mean, std) = (Mean.Average(), Std.Average());
            return Mean.All(value => value is > 20 and < 235) || (Math.Abs(mean) < 1e-6 && std is > 100 and < 300) ? 255
                : Mean.All(value => value is > .08 and < .92) || (Math.Abs(mean) < 1e-6 && std is < .02) ? 1
                : null;
        }
    }

    /// <summary>Finds it; null when the graph begins with something else.</summary>
    internal static InputNormalization? Find(DifferentiableGraph graph, ImageInput image, string scores, int? fixedBatch)
    {
        var model = graph.Model.Graph;
        var last = TailGraph.Cuts(model, image.Input.Name, scores)
            .TakeWhile(cut => TailGraph.OperatorsBetween(model, image.Input.Name, cut).TrueForAll(op => Arithmetic.Contains(op) || Movers.Contains(op)))
            .LastOrDefault();
        var operators = last is null ? [] : TailGraph.OperatorsBetween(model, image.Input.Name, last);
        return operators.Exists(Arithmetic.Contains) ? Measure(graph, image, last!, operators, fixedBatch ?? 1) : null;
    }

    private static InputNormalization? Measure(DifferentiableGraph graph, ImageInput image, string tensor, List<string> operators, int batch)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var channels = image.Input.Channels;
        var zero = torch.zeros([batch, channels, image.Input.Height, image.Input.Width], torch.ScalarType.Float32, graph.Device);
        torch.Tensor? Run(torch.Tensor images) => AsImages(graph.Run(image.Feed(images), tensor)[tensor].to(torch.ScalarType.Float32), image.Input);

        if (Run(zero) is not { } offset)
        {
            return null;
        }

        // Row d, column c: what one unit in input channel c adds to channel d.
        var columns = Enumerable.Range(0, channels).Select(channel => Run(Lit(zero, channel))!.sub(offset).mean([0, 2, 3])).ToList();
        var factors = torch.stack(columns, 1);
        var noise = Noise.Of(graph.Device, 4, zero.shape);
        var expected = torch.einsum("dc,nchw->ndhw", factors, noise).Plus(offset);
        if ((Run(noise)! - expected).abs().max().item<float>() > Tolerance * expected.abs().max().item<float>())
        {
            return null;
        }

        return From(factors.cpu().data<float>().ToArray(), offset.mean([0, 2, 3]).cpu().data<float>().ToArray(), operators);
    }

    /// <summary>One positive factor in each row and column, or nothing that a mean and a deviation could say.</summary>
    private static InputNormalization? From(float[] factors, float[] offset, List<string> operators)
    {
        var channels = offset.Length;
        var (mean, std) = (new double[channels], new double[channels]);
        var source = new int[channels];
        for (var d = 0; d < channels; d++)
        {
            var row = factors.AsSpan(d * channels, channels);
            source[d] = row.IndexOfAnyExcept(0f);
            if (source[d] < 0 || row[source[d]] <= 0 || row[(source[d] + 1)..].IndexOfAnyExcept(0f) >= 0)
            {
                return null;
            }

            (mean[source[d]], std[source[d]]) = (-offset[d] / (double)row[source[d]], 1 / (double)row[source[d]]);
        }

        return source.Distinct().Count() < channels ? null : new(mean, std, channels > 1 && source[0] == channels - 1, operators);
    }

    private static torch.Tensor Lit(torch.Tensor zero, int channel)
    {
        var lit = zero.clone();
        lit.narrow(1, channel, 1).fill_(Held(1));
        return lit;
    }

    /// <summary>N×C×H×W of what holds pixels in either order; null when it holds something else.</summary>
    private static torch.Tensor? AsImages(torch.Tensor raw, ClassifierInput input)
    {
        var items = raw.shape[0];
        return raw.shape.SequenceEqual([items, input.Channels, input.Height, input.Width]) ? raw
            : raw.shape.SequenceEqual([items, input.Height, input.Width, input.Channels]) ? raw.permute(0, 3, 1, 2)
            : raw.shape.SequenceEqual([items, (long)input.Height * input.Width * input.Channels]) ? raw.reshape(items, input.Height, input.Width, input.Channels).permute(0, 3, 1, 2)
            : null;
    }
}

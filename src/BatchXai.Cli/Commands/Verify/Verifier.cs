using BatchXai.Contracts;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using BatchXai.Onnx.Verification;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Cli.Commands.Verify;

/// <summary>Runs a model on given tensors and compares what comes out with what another runtime computed.</summary>
/// <param name="graph">The model.</param>
/// <param name="problems">Gets everything that is wrong with the files.</param>
internal sealed class Verifier(DifferentiableGraph graph, List<string> problems)
{
    /// <summary>Prepares a model where the audit would run it.</summary>
    /// <exception cref="UserErrorException">The model needs operators that cannot run, or libtorch cannot be loaded.</exception>
    public static DifferentiableGraph Compile(OnnxModel model, string file) => Told(file, () => DifferentiableGraph.Compile(model, TorchDevice.Best()));

    /// <summary>Reads a file for an input. Raw numbers take the declared shape when one axis of it at most is free.</summary>
    public Tensor? Input(NamedValue input, long[]? shape)
    {
        var info = graph.Model.Graph.Inputs.FirstOrDefault(info => info.Name == input.Tensor);
        var tensor = Load(input, count => shape ?? Completed(info?.Dims, count));
        if (tensor is null || info is null || tensor.ElementType == info.ElementType)
        {
            return tensor?.ToTorch(graph.Device);
        }

        using var stored = tensor.ToTorch(graph.Device);
        if (stored.is_floating_point() == IsFloat(info.ElementType))
        {
            return stored.to(TypeOf(info.ElementType), copy: true);
        }

        problems.Add($"{input.Value}: holds {Word(tensor.ElementType)}; input '{input.Tensor}' takes {Word(info.ElementType)}.");
        return null;
    }

    /// <summary>Runs the model and compares.</summary>
    /// <exception cref="UserErrorException">The model does not run on these inputs, or an expected file cannot be read.</exception>
    public IReadOnlyList<OutputVerdict> Compare(string file, IReadOnlyDictionary<string, Tensor> feeds, IReadOnlyList<NamedValue> expected, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var results = Told(file, () => graph.Run(feeds, [.. expected.Select(output => output.Tensor)]));
        List<OutputVerdict> verdicts = [];
        foreach (var output in expected)
        {
            var actual = results[output.Tensor];
            if (Load(output, _ => actual.shape) is { } tensor)
            {
                verdicts.Add(OutputVerdict.Of(output.Tensor, TensorComparison.Of(actual, tensor.ToTorch(torch.CPU)), tolerance));
            }
        }

        return verdicts;
    }

    private OnnxTensor? Load(NamedValue file, Func<long, long[]?> rawShape)
    {
        try
        {
            return TensorFile.Load(file.Value, rawShape);
        }
        catch (InvalidDataException bad)
        {
            problems.Add(bad.Message);
            return null;
        }
    }

    private static long[]? Completed(IReadOnlyList<long?>? dims, long count)
    {
        if (dims is null || dims.Count(side => side is null) > 1)
        {
            return null;
        }

        var known = dims.Aggregate(1L, (product, side) => product * (side ?? 1));
        return [.. dims.Select(side => side ?? (known == 0 ? 0 : count / known))];
    }

    private static T Told<T>(string file, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception bad) when (bad is UnsupportedOperatorsException or GraphExecutionException or ArgumentException or LibTorchUnavailableException)
        {
            throw new UserErrorException($"{file}: {bad.Message}{(bad is ArgumentException ? " Give it with --input." : "")}");
        }
    }

    private static bool IsFloat(OnnxElementType type) => type is OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.Double or OnnxElementType.BFloat16;

    private static string Word(OnnxElementType type) => type.ToString().ToLowerInvariant();

    private static torch.ScalarType TypeOf(OnnxElementType type)
    {
        using var sample = new OnnxTensor("", type, [0], ReadOnlyMemory<byte>.Empty).ToTorch(torch.CPU);
        return sample.dtype;
    }
}

using BatchXai.Attribution.Causal;
using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Sanity;

/// <summary>
/// Deletion and insertion (RISE, Petsiuk et al. 2018, arXiv 1806.07421): pixels go in the order of the map, the strongest first, or come back onto a blurred image. A map that shows what the model uses has a low
/// area under the one curve and a high one under the other.
/// </summary>
public static class MapFaithfulness
{
    /// <summary>Name of the control: a map of random values.</summary>
    public const string RandomMap = "random";

    private const int Steps = 8;

    /// <summary>Measures the maps of an explanation, the first of each item and method.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="input">The images that were explained, N×C×H×W.</param>
    /// <param name="explanation">Their maps.</param>
    /// <param name="seed">Seed of the random maps.</param>
    /// <param name="passed">Called after each forward pass.</param>
    /// <param name="cancellationToken">Stops between two passes.</param>
    /// <returns>One finding a method, in the order of the explanation, then that of the random maps.</returns>
    public static IReadOnlyList<FaithfulnessFinding> Run(Classifier classifier, torch.Tensor input, Explanation explanation, int seed, Action passed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentNullException.ThrowIfNull(passed);
        var methods = explanation.Maps.GroupBy(map => map.Method).ToDictionary(maps => maps.Key, maps => maps.DistinctBy(map => map.Item).ToList());
        if (methods.Count == 0)
        {
            return [];
        }

        var random = new Random(seed);
        methods[RandomMap] = [.. methods.Values.First().Select(map => map with { Values = [.. map.Values.Select(_ => random.NextSingle())] })];
        return [.. methods.Select(method => Measure(method.Key, method.Value))];

        FaithfulnessFinding Measure(string method, List<Heatmap> maps)
        {
            using var _ = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var images = input.to(torch.float32, classifier.Device).index_select(0, torch.tensor([.. maps.Select(map => (long)map.Item)], torch.int64).to(classifier.Device));
            var order = Order(maps, images);
            var blurred = Layers.Blurred(images);
            var mean = images.mean([2, 3], keepdim: true).expand_as(images);
            return new(method, maps.Count, Area(step => torch.where(order.lt(Held((double)step / Steps)), mean, images)), Area(step => torch.where(order.lt(Held((double)step / Steps)), images, blurred)));

            double Area(Func<int, torch.Tensor> at)
            {
                var means = new List<double>();
                for (var step = 0; step <= Steps; step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using var one = torch.NewDisposeScope();
                    means.Add(classifier.Predict(at(step), [.. maps.Select(map => (int[])[map.TargetOutput])]).Average(prediction => prediction.LabelProbability ?? 0));
                    passed();
                }

                return (means.Sum() - ((means[0] + means[^1]) / 2)) / Steps;
            }
        }
    }

    /// <summary>For each pixel the share of the pixels that are stronger in the map, N×1×H×W.</summary>
    private static torch.Tensor Order(List<Heatmap> maps, torch.Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var values = torch.tensor([.. maps.SelectMany(map => map.Values)], [maps.Count, 1, maps[0].Height, maps[0].Width]).to(images.device);
        var fine = torch.nn.functional.interpolate(values, size: [height, width], mode: torch.InterpolationMode.Bilinear, align_corners: false).flatten(1);
        return fine.argsort(1, descending: true).argsort(1).to(torch.float32).div(Held(height * width)).reshape(maps.Count, 1, height, width);
    }
}

/// <summary>Areas under the curves of one method, means over items.</summary>
/// <param name="Method">The method, or <see cref="MapFaithfulness.RandomMap"/>.</param>
/// <param name="Items">Items with a map.</param>
/// <param name="Deletion">Mean probability of the target while the strongest pixels become the image's mean colour, 0 … 1; low is good.</param>
/// <param name="Insertion">The same while they come back onto the blurred image; high is good.</param>
public sealed record FaithfulnessFinding(string Method, int Items, double Deletion, double Insertion);

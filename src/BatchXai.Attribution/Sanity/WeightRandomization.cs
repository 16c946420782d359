using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Sanity;

/// <summary>
/// Model parameter randomisation (Adebayo et al. 2018, arXiv 1810.03292): weights are drawn anew from the top, more and more of them, and the maps must change with them. Maps that stay
/// say nothing about the model.
/// </summary>
public static class WeightRandomization
{
    private const double SameMap = .5;

    // The last layer alone, half of all layers, all of them.
    private static readonly double[] Depths = [0, .5, 1];

    /// <summary>Compares the maps of a batch before and after; null when the model's weights cannot be reached, as in a frozen TorchScript archive.</summary>
    /// <param name="classifier">The model. Unchanged afterwards; nobody else may use it meanwhile.</param>
    /// <param name="input">Preprocessed images N×C×H×W.</param>
    /// <param name="request">Methods, objective and targets.</param>
    /// <param name="before">What the request gave for these images.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="cancellationToken">Stops between two depths.</param>
    /// <returns>One finding a method and depth, methods in the order of the request, the least depth first.</returns>
    public static IReadOnlyList<RandomizationFinding>? Run(Classifier classifier, torch.Tensor input, ExplainRequest request, Explanation before, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(before);
        if (ILayerWeights.Of(classifier.Parts.Graph) is not { } weights)
        {
            return null;
        }

        // The class that is explained stays the one predicted before: of another class the map may differ for that reason alone.
        var target = new ExplainRequest { Methods = request.Methods, Loss = request.Loss, Targets = TargetMode.Label, LabelOutputs = [.. Enumerable.Range(0, before.Items.Count).Select(item => Explained(before, item))] };
        var original = Maps(before.Maps.GroupBy(map => (map.Item, map.Method)).Select(maps => maps.First()));
        var findings = new List<RandomizationFinding>();
        foreach (var depth in Depths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var count = Math.Max(1, (int)Math.Round(depth * weights.Count));
            using var redrawn = weights.Redraw(count, seed);
            var after = Maps(With(classifier.Parts, redrawn, target, input).Maps);
            findings.AddRange(request.Methods.Select(method => Compare(method, (double)count / weights.Count, original, after)));
        }

        return [.. request.Methods.SelectMany(method => findings.Where(finding => finding.Method == method))];
    }

    private static int[]? Explained(Explanation before, int item) => before.Maps.FirstOrDefault(map => map.Item == item) is { } map ? [map.TargetOutput] : null;

    private static Explanation With(ClassifierParts parts, ITensorGraph redrawn, ExplainRequest request, torch.Tensor input)
    {
        var tail = parts.Tail is null ? null : new Tail(redrawn, parts.Image, parts.Layer!, parts.Scores);
        using var head = parts.Head is null || tail is null ? null : LinearHeadSearch.Again(redrawn.Device, parts, tail);
        return new ExplainRun(parts with { Graph = redrawn, Tail = tail, Head = head }, request).Explain(input);
    }

    private static Dictionary<(int Item, string Method), float[]> Maps(IEnumerable<Heatmap> maps) => maps.ToDictionary(map => (map.Item, map.Method), map => map.Values);

    private static RandomizationFinding Compare(
        string method, double share, Dictionary<(int Item, string Method), float[]> before, Dictionary<(int Item, string Method), float[]> after)
    {
        List<(float[] Before, float[] After)> pairs = [.. before.Where(map => map.Key.Method == method && after.ContainsKey(map.Key)).Select(map => (map.Value, after[map.Key]))];
        List<double> similarities = [.. pairs.Select(pair => MapStatistics.RankCorrelation(pair.Before, pair.After)).OfType<double>()];
        List<double> rises = [.. pairs.Select(pair => Rise(pair.Before, pair.After)).OfType<double>()];
        double? similarity = similarities.Count == 0 ? null : similarities.Average();
        double? rise = rises.Count == 0 ? null : rises.Average();
        return new(method, share, pairs.Count, similarities.Count, similarity, rise, similarity > SameMap || rise <= 0);
    }

    private static double? Rise(float[] before, float[] after) =>
        MapStatistics.HistogramEntropy(before) is { } old and > 0 && MapStatistics.HistogramEntropy(after) is { } drawn ? (drawn - old) / old : null;
}

/// <summary>How a method's maps change when weights are drawn anew.</summary>
/// <param name="Method">The method.</param>
/// <param name="Layers">Share of the layers, from the top, whose weights were drawn anew, 0 … 1.</param>
/// <param name="Items">Items with a map before and after.</param>
/// <param name="Compared">Of those, items neither of whose maps is the same everywhere.</param>
/// <param name="Similarity">Mean of Spearman's rank correlation of the maps before and after; null: none compared.</param>
/// <param name="ComplexityRise">eMPRT, the mean of (H after − H before) / H before with H the maps' histogram entropy; null: maps with fewer cells than bins.</param>
/// <param name="Fails">The maps are as good as the same (similarity above .5), or no more disordered than before (rise of 0 or less).</param>
public sealed record RandomizationFinding(string Method, double Layers, int Items, int Compared, double? Similarity, double? ComplexityRise, bool Fails);

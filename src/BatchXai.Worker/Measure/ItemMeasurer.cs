using BatchXai.Attribution.Measures;
using BatchXai.Attribution.Methods;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Explain;

namespace BatchXai.Worker.Measure;

/// <summary>Heatmaps × masks → numbers, and the one outcome of each item.</summary>
internal sealed class ItemMeasurer(AuditSession session)
{
    /// <summary>Every item of the batch, in order. Items are independent, so they are measured in parallel.</summary>
    public IReadOnlyList<MeasuredItem> Measure(ExplainedBatch explained, CancellationToken cancellationToken)
    {
        var items = explained.Batch.Items;
        var rowOf = Enumerable.Range(0, explained.Batch.Readable.Count).ToDictionary(row => explained.Batch.Readable[row], row => row);
        var maps = explained.Explanation?.Maps.ToLookup(map => map.Item);
        var measured = new MeasuredItem[items.Count];
        Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, at =>
            measured[at] = rowOf.TryGetValue(at, out var row)
                ? Measure(items[at], explained.Explanation!.Items[row], [.. maps![row]])
                : Unreadable(items[at]));
        return measured;
    }

    private static MeasuredItem Unreadable(DecodedImage image) =>
        new(image, [new(Row(image, ItemOutcome.Unreadable, image.Problem), null)]);

    private MeasuredItem Measure(DecodedImage image, ItemPrediction prediction, IReadOnlyList<Heatmap> maps)
    {
        var masks = new GridMasks(image);
        var measures = maps.Select(map => Measure(image, map, masks)).ToList();
        var (outcome, detail) = Outcome(image, prediction, measures);
        var common = Row(image, outcome, detail) with
        {
            Predicted = prediction.Predicted,
            PredictedName = prediction.Predicted is { } output ? session.Plan.OutputNames[output] : null,
            Confidence = prediction.Confidence,
            Correct = prediction.Correct,
        };
        return maps.Count == 0
            ? new(image, [new(common, null)])
            : new(image, [.. maps.Zip(measures, (map, measure) => new MeasuredRow(ResultRow.With(common, map, measure, image.MaskProblem is not null), map))]);
    }

    private HeatmapMeasures Measure(DecodedImage image, Heatmap map, GridMasks masks)
    {
        var measures = FocusMeasurer.Measure(
            map.Values, map.Height, map.Width, masks.Mask(map.Height, map.Width), session.BankOf(image.Item.Split), image.Item.Index, masks.Padding(map.Height, map.Width));
        return measures is { MapStatus: MapStatus.Ok, ObjectMaskStatus: ObjectMaskStatus.Ok }
            ? measures with { InstanceCoverage = InstanceCoverage.Of(map.Values, masks.Objects(map.Height, map.Width)) }
            : measures;
    }

    private static (ItemOutcome Outcome, string? Detail) Outcome(DecodedImage image, ItemPrediction prediction, IReadOnlyList<HeatmapMeasures> measures)
    {
        if (!prediction.IsFinite)
        {
            return (ItemOutcome.NonFinite, "the model's scores for this image are not finite");
        }

        if (measures.Count == 0)
        {
            return (ItemOutcome.NoTarget, image.Item.Label is null ? "the item has no label to explain" : $"the label '{image.Item.Label}' maps to no output of the model");
        }

        if (measures.All(measure => measure.MapStatus == MapStatus.NonFinite))
        {
            return (ItemOutcome.NonFinite, "every heatmap of this image has values that are not finite");
        }

        if (measures.All(measure => measure.MapStatus != MapStatus.Ok))
        {
            return (ItemOutcome.NoPositiveEvidence, "no heatmap of this image has positive evidence for its target");
        }

        return image.MaskProblem is null ? (ItemOutcome.Explained, null) : (ItemOutcome.MaskInvalid, image.MaskProblem);
    }

    private static ItemResult Row(DecodedImage image, ItemOutcome outcome, string? detail) => new()
    {
        Item = image.Item.Index,
        ItemId = image.Item.Id,
        Label = image.Item.Label,
        Split = image.Item.Split,
        Group = image.Item.Group,
        Metadata = MetadataText.Of(image.Item.Metadata),
        Outcome = outcome,
        Detail = detail,
        MaskKind = image.MaskKind,
        MaskStatus = image.MaskProblem is null ? MaskStatus.NoMask : MaskStatus.Invalid,
    };
}

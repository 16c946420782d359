using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Coordinator.Tests.Browse;

/// <summary>Rows of items of every sort: two methods, items without heatmaps, values that repeat, values that are not defined, and names that nobody would choose.</summary>
internal static class BrowsedRows
{
    /// <summary>A markup, quotes, a mark that turns text around, and more bytes than an index takes.</summary>
    public const string Hostile = "<script>alert('\"')</script>\u202e";

    public static string Long { get; } = string.Concat(Enumerable.Range(0, 2_000).Select(i => (char)(0x4E00 + (i * 7919 % 20_000))));

    public static IReadOnlyList<ItemResult> Rows { get; } = [.. Enumerable.Range(0, 180).SelectMany(Of)];

    public static IReadOnlyList<CausalResult> Causal { get; } = [.. Enumerable.Range(0, 60).SelectMany(Tests)];

    /// <summary>The dataset's other columns of an item: values of which one begins like another, and names and values that nobody would choose; null: none.</summary>
    public static IReadOnlyDictionary<string, string>? MetadataOf(int item) => (item % 5) switch
    {
        0 => null,
        1 => new Dictionary<string, string> { ["camera"] = "north", [Hostile] = $"50% & a=b \\ {Hostile}" },
        2 => new Dictionary<string, string> { ["camera"] = "northwest", ["weather"] = "rain" },
        3 => new Dictionary<string, string> { ["weather"] = "camera", ["not camera"] = "north" },
        _ => new Dictionary<string, string> { ["camera"] = "north", ["weather"] = item % 2 == 0 ? "rain" : "\",\"camera\":\"northwest" },
    };

    private static IEnumerable<ItemResult> Of(int item)
    {
        var label = (item % 6) switch { 0 => null, 1 => "cat", 2 => Hostile, 3 => Long, 4 => Long[..150], _ => "dog" };
        var common = Sample.Map(item, 0, label, label is null ? null : item % 4 != 0, confidence: item % 7 / 10.0) with { ItemId = $"{item}.png", Split = item % 3 == 0 ? "val" : "train", Group = item % 4 == 3 ? null : $"scene {item / 5}", Metadata = MetadataText.Of(MetadataOf(item)), PredictedName = item % 2 == 0 ? "cat" : Hostile };
        if (item % 17 == 5)
        {
            return [Sample.Unreadable(item) with { Label = label, Split = common.Split, Metadata = common.Metadata }];
        }

        // Its label maps to no output: it has a prediction, and no heatmap.
        return item % 19 == 7
            ? [common with { Outcome = ItemOutcome.NoTarget, Correct = null, Method = null, Target = null, TargetOutput = null, Status = HeatmapStatus.None, MapRow = null, Measures = new() }]
            : [With(common, item), With(common with { Method = MethodNames.Cam, Target = "label" }, item + 5)];
    }

    private static ItemResult With(ItemResult row, int seed) => (seed % 11) switch
    {
        3 => row with { Status = HeatmapStatus.ZeroHeatmap, Measures = new() },
        8 => row with { MaskStatus = MaskStatus.NoMask, MaskKind = MaskKind.None, Measures = new() { CentreShare = .5 } },
        _ => row with { Measures = row.Measures with { Focus = (seed % 13 / 10.0) - .4, BackgroundAttention = seed % 9 / 9.0 } },
    };

    /// <summary>Answers that turn, that do not, that turn with the placebo too, that were wrong before, and tests that could not be made.</summary>
    private static IEnumerable<CausalResult> Tests(int item) =>
        from fill in Enum.GetValues<CausalFill>()
        from test in (CausalTest[])[CausalTest.Placebo, CausalTest.MixedSame, CausalTest.MixedRand]
        let lost = item % 7 == 6 && test == CausalTest.MixedRand && fill == CausalFill.Blur
        select new CausalResult
        {
            Item = item,
            Label = item % 6 == 0 ? null : "cat",
            Split = "val",
            MaskKind = MaskKind.Mask,
            Test = test,
            Fill = fill,
            Status = lost ? CausalStatus.NoDonor : CausalStatus.Ok,
            CorrectBefore = item % 6 == 0 ? null : item % 5 != 0,
            Flipped = lost ? null : test == CausalTest.Placebo ? item % 7 == 5 : item % 2 == 0,
        };
}

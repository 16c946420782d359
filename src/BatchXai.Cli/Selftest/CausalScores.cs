using BatchXai.Contracts.Results;
using BatchXai.Statistics;
using BatchXai.Statistics.Verdicts;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Cli.Selftest;

/// <summary>
/// What the causal tests of one audit say, on estimated backgrounds: each measure's mean over the fill styles. On a set in which background and class are
/// independent a donor of the own class is a donor like any other, so the BG-gap is 0 by construction even for a model that sees only the background; the net
/// flip rate is not.
/// </summary>
internal static class CausalScores
{
    /// <summary>Flip rate(mixed_rand) − flip rate(placebo).</summary>
    public const string NetFlipRate = "net flip rate";

    /// <summary>Accuracy(mixed_same) − accuracy(mixed_rand).</summary>
    public const string BackgroundGap = "BG-gap";

    /// <summary>The BG-gap on fresh images of the kind that the model was trained on.</summary>
    public const string BackgroundGapOfValidation = "BG-gap on validation images";

    /// <summary>Reads the rows of all shards in an audit's output folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Only items of this split.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyDictionary<string, double?>> ReadAsync(string folder, string split, CancellationToken cancellationToken)
    {
        var rows = new List<CausalResult>();
        foreach (var path in Directory.EnumerateFiles(folder, "causal.parquet", SearchOption.AllDirectories))
        {
            await using var file = File.OpenRead(path);
            rows.AddRange(await CausalParquet.ReadAsync(file, cancellationToken).ToListAsync(cancellationToken));
        }

        return new Dictionary<string, double?>(Of(rows.Where(row => row.Split == split))) { [BackgroundGapOfValidation] = Of(rows.Where(row => row.Split == ZooSets.Validation))[BackgroundGap] };
    }

    /// <summary>The scores; null where no fill style has a figure.</summary>
    public static IReadOnlyDictionary<string, double?> Of(IEnumerable<CausalResult> rows)
    {
        // A shard that was run twice has its rows twice, the same ones.
        var fills = rows.Where(row => row.Status == CausalStatus.Ok).DistinctBy(row => (row.Item, row.Test, row.Fill)).GroupBy(row => row.Fill).Select(Evidence).ToList();
        return new Dictionary<string, double?>
        {
            [NetFlipRate] = fills.Average(fill => fill.NetFlipRate?.Value),
            [BackgroundGap] = fills.Average(fill => fill.BackgroundGap?.Value),
        };
    }

    private static FillEvidence Evidence(IGrouping<CausalFill, CausalResult> fill)
    {
        var tally = new CausalTally($"{fill.Key}", grouped: false);
        foreach (var item in fill.GroupBy(row => row.Item).Select(item => item.ToDictionary(row => row.Test)))
        {
            var (same, rand) = (item.GetValueOrDefault(CausalTest.MixedSame), item.GetValueOrDefault(CausalTest.MixedRand));
            var (placebo, removed) = (item.GetValueOrDefault(CausalTest.Placebo), item.GetValueOrDefault(CausalTest.ObjectRemoved));
            tally.Add(same?.Correct, rand?.Correct, rand?.Flipped, placebo?.Flipped, removed?.Correct, group: 0);
        }

        return tally.Evidence(chance: 0, new SplitMix64(0));
    }
}

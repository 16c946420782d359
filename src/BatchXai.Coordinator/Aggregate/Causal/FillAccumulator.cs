using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Aggregate.Causal;

/// <summary>Causal tests of one scope × kind of mask × fill.</summary>
internal sealed class FillAccumulator(MaskKind kind, CausalFill fill, bool grouped)
{
    private readonly Dictionary<CausalTest, (long Right, long Judged)> accuracy = Enum.GetValues<CausalTest>().ToDictionary(test => test, _ => (0L, 0L));
    private readonly CausalTally tally = new(fill.ToString(), grouped);
    private readonly List<float> drops = [];
    private readonly List<int> dropGroups = [];
    private long items;
    private long right;
    private long judged;

    public void Add(TestedItem item, int group)
    {
        items++;
        (right, judged) = (right + (item.CorrectBefore == true ? 1 : 0), judged + (item.CorrectBefore is null ? 0 : 1));
        foreach (var (test, row) in item.Tests)
        {
            if (row.Correct is { } correct)
            {
                accuracy[test] = (accuracy[test].Right + (correct ? 1 : 0), accuracy[test].Judged + 1);
            }
        }

        var (rand, placebo) = (item.Of(CausalTest.MixedRand), item.Of(CausalTest.Placebo));
        var counts = item.FlipCounts;
        tally.Add(
            item.Of(CausalTest.MixedSame)?.Correct, rand?.Correct, counts ? rand?.Flipped : null, counts ? placebo?.Flipped : null,
            item.Of(CausalTest.ObjectRemoved)?.Correct, group);
        if (rand is { ProbabilityBefore: { } before, Probability: { } after })
        {
            drops.Add((float)(before - after));
            dropGroups.Add(group);
        }
    }

    /// <param name="chance">Accuracy without an object by chance.</param>
    /// <param name="label">The label that all items have; null: they have several, or none.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="name">Names the scope.</param>
    public CausalFinding Finding(NoObjectChance chance, string? label, long seed, string name)
    {
        var random = SplitMix64.For(seed, $"bootstrap {kind} {fill} {name}");
        var (called, others) = label is null ? (0, 0) : chance.OthersCalled(label);
        var evidence = label is null ? tally.Evidence(chance.OfAll() ?? 0, random) : tally.ClassEvidence(called, others, random);
        var byChance = label is null ? chance.OfAll() : others == 0 ? null : (double)called / others;
        return new(Figures(evidence, byChance, random), evidence);
    }

    private CausalFigures Figures(FillEvidence evidence, double? byChance, SplitMix64 random) => new()
    {
        MaskKind = kind,
        Fill = fill,
        Items = items,
        AccuracyBefore = SupportRule.Share(right, judged),
        Accuracy = accuracy.ToDictionary(pair => pair.Key, pair => SupportRule.Share(pair.Value.Right, pair.Value.Judged)),
        BackgroundGap = SupportRule.Difference(evidence.BackgroundGap),
        NetFlipRate = SupportRule.Difference(evidence.NetFlipRate),
        NoObjectByChance = byChance,
        ProbabilityDrop = Drop(random),
    };

    private MeanFigure Drop(SplitMix64 random)
    {
        var interval = SupportRule.MeanInterval(drops, grouped ? dropGroups : null, random);
        return new(drops.Count, drops.Count < SupportRule.Figure ? null : drops.Average(), interval?.Low, interval?.High);
    }
}

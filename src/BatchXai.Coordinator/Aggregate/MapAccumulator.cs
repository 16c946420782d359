using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Heatmaps of one scope × method × target. Only a heatmap with status ok enters a mean; masks and boxes have means of their own.</summary>
internal sealed class MapAccumulator
{
    private readonly SortedDictionary<MaskKind, FocusAccumulator> focus = [];
    private readonly Dictionary<MaskKind, long> masked = EnumCounts.Of<MaskKind>();

    public ZoneAccumulator Zones { get; } = new();

    /// <summary>Heatmaps of items whose object is marked in this way and partly in view, usable or not.</summary>
    public long Masked(MaskKind kind) => masked[kind];

    /// <summary>What is kept of the usable ones among them; null: there is none.</summary>
    public FocusAccumulator? Kept(MaskKind kind) => focus.GetValueOrDefault(kind);

    public void Add(ItemResult row, int group)
    {
        masked[row.MaskKind] += row.MaskStatus == MaskStatus.Ok ? 1 : 0;
        if (row.Status != HeatmapStatus.Ok)
        {
            return;
        }

        Zones.Add(row.Measures);
        if (row.MaskStatus != MaskStatus.Ok || row.MaskKind == MaskKind.None)
        {
            return;
        }

        if (!focus.TryGetValue(row.MaskKind, out var accumulator))
        {
            focus[row.MaskKind] = accumulator = new FocusAccumulator(row.MaskKind);
        }

        accumulator.Add(row.Measures, group);
    }

    /// <summary>Focus figures, pixel masks first.</summary>
    /// <param name="grouped">True: bootstrap over groups.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="name">Names the scope, so that its interval does not depend on the other scopes.</param>
    public IReadOnlyList<FocusFigures> Focus(bool grouped, long seed, string name) =>
        [.. focus.Select(pair => pair.Value.Figures(grouped, SplitMix64.For(seed, $"bootstrap focus {pair.Key} {name}")))];
}

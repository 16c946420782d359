using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Heatmaps of one scope × method × target. Only a heatmap with status ok enters a mean; masks and boxes have means of their own.</summary>
internal sealed class MapAccumulator
{
    private readonly SortedDictionary<MaskKind, FocusAccumulator> focus = [];

    public ZoneAccumulator Zones { get; } = new();

    public void Add(ItemResult row, int group)
    {
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

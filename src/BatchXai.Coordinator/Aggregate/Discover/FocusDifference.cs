using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>κ of one group of heatmaps against that of others. Masks and boxes are never mixed: the first kind that the group has counts.</summary>
internal static class FocusDifference
{
    /// <summary>Mean κ of the group − mean κ of the others; null where either has none.</summary>
    /// <param name="part">The group.</param>
    /// <param name="others">The others.</param>
    /// <param name="grouped">True: the interval is over groups of the dataset.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="name">Names the group.</param>
    public static MeanFigure? Of(ClusterPart part, IReadOnlyList<ClusterPart> others, bool grouped, long seed, string name)
    {
        MaskKind[] kinds = [MaskKind.Mask, MaskKind.Boxes];
        var kind = kinds.FirstOrDefault(kind => part.Focus.Kept(kind)?.Values.Length > 0, MaskKind.None);
        if (part.Focus.Kept(kind) is not { } own)
        {
            return null;
        }

        var rest = others.Select(other => other.Focus.Kept(kind)).OfType<FocusAccumulator>().ToList();
        float[] restValues = [.. rest.SelectMany(kept => kept.Values)];
        var least = Math.Min(own.Values.Length, restValues.Length);
        var interval = least < SupportRule.Interval ? null : Bootstrap.DifferenceInterval(
            own.Values, grouped ? own.Groups : [], restValues, grouped ? [.. rest.SelectMany(kept => kept.Groups)] : [], SplitMix64.For(seed, $"bootstrap cluster difference {name}"));
        return least == 0 ? null : new(own.Values.Length, least < SupportRule.Figure ? null : own.Values.Average() - restValues.Average(), interval?.Low, interval?.High);
    }
}

using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>Figures of one method × target over all items.</summary>
public sealed record MethodFigures
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted": every item's predicted class. "label": the class of the label (with targets "both" for misclassified items only).</summary>
    public required string Target { get; init; }

    /// <summary>Heatmaps by status, every status listed.</summary>
    public required IReadOnlyDictionary<HeatmapStatus, long> Heatmaps { get; init; }

    /// <summary>The same heatmaps by state of the item's mask, every status listed.</summary>
    public required IReadOnlyDictionary<MaskStatus, long> Masks { get; init; }

    /// <summary>Focus, separately for each kind of mask that occurs: pixel masks first.</summary>
    public required IReadOnlyList<FocusFigures> Focus { get; init; }

    /// <summary>Distribution of κ and of BAR, one pair for each member of <see cref="Focus"/>, in the same order.</summary>
    public required IReadOnlyList<FocusDistributions> Distributions { get; init; }

    /// <summary>Agreement of map and mask by other measures, one for each member of <see cref="Focus"/>, in the same order; empty in a report from before they were there.</summary>
    public IReadOnlyList<AgreementFigures> Agreement { get; init; } = [];

    /// <summary>Attention by zone.</summary>
    public required ZoneFigures Zones { get; init; }

    /// <summary>Effective area: 1 for a uniform map, small for a peaked one.</summary>
    public required BesideChance EffectiveArea { get; init; }

    /// <summary>Gini index of the attention: 0 for a uniform map, near 1 for a peaked one; null in a report from before it was there.</summary>
    public BesideChance? Gini { get; init; }

    /// <summary>Share of the map's absolute mass that is negative.</summary>
    public required BesideChance NegativeShare { get; init; }
}

/// <summary>How κ and background attention spread over the usable heatmaps.</summary>
/// <param name="MaskKind">What says where the object is.</param>
/// <param name="Focus">κ from −1 to 1; chance is 0.</param>
/// <param name="BackgroundAttention">BAR from 0 to 1; chance is the mean of 1 − p.</param>
public sealed record FocusDistributions(MaskKind MaskKind, Distribution Focus, Distribution BackgroundAttention);

/// <summary>A histogram with bins of equal width.</summary>
public sealed record Distribution
{
    /// <summary>Lower edge of the first bin.</summary>
    public required double Low { get; init; }

    /// <summary>Upper edge of the last bin.</summary>
    public required double High { get; init; }

    /// <summary>Count of each bin, low to high.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Values below the first bin.</summary>
    public long Below { get; init; }

    /// <summary>Values above the last bin.</summary>
    public long Above { get; init; }

    /// <summary>Mean of the values; null when there are fewer than 10.</summary>
    public double? Mean { get; init; }

    /// <summary>Chance level on the same axis; null when not defined.</summary>
    public double? Chance { get; init; }
}

namespace BatchXai.Contracts.Results;

/// <summary>
/// Measures of one heatmap. Notation: a⁺ = max(a, 0); m the soft object mask at the map's grid; p = mean(m); E = Σ a⁺m / Σ a⁺.
/// Null means: not defined for this item (see the statuses), never 0.
/// </summary>
public sealed record FocusMeasures
{
    /// <summary>p, the share of the model's view that is object, 0 … 1.</summary>
    public double? ObjectArea { get; init; }

    /// <summary>Background attention BAR = 1 − E, 0 … 1; by chance 1 − p.</summary>
    public double? BackgroundAttention { get; init; }

    /// <summary>E₀: what E would be by chance, from the masks of other items (see focus); capped at .99.</summary>
    public double? ChanceEnergy { get; init; }

    /// <summary>Focus κ = (E − E₀)/(1 − E₀); by chance 0, perfect 1. Null when E₀ is at its cap: the object is wherever the map looks.</summary>
    public double? Focus { get; init; }

    /// <summary>E / p; by chance 1.</summary>
    public double? Lift { get; init; }

    /// <summary>logit E − logit p; by chance 0. Null when E is 0 or 1.</summary>
    public double? LogOddsLift { get; init; }

    /// <summary>Share of the map's maxima that lie within tolerance of the object, 0 … 1.</summary>
    public double? PointingGame { get; init; }

    /// <summary>Chance of the pointing game: area of the dilated mask, 0 … 1.</summary>
    public double? PointingGameByChance { get; init; }

    /// <summary>Relevance rank accuracy (Arras et al. 2022): share of object among as many highest cells as the object has, 0 … 1; tied cells count in part. By chance p.</summary>
    public double? RankAccuracy { get; init; }

    /// <summary>Intersection over union of the mask and as many highest cells as it has, 0 … 1; tied cells count in part. By chance p/(2 − p).</summary>
    public double? AreaMatchedIou { get; init; }

    /// <summary>Attention-IoU (Serianni et al. 2025) of map and mask, 0 … 1. A uniform map gives 4p/(1 + 3p).</summary>
    public double? AttentionIouObject { get; init; }

    /// <summary>Attention-IoU of map and background, 0 … 1. A uniform map gives 4(1 − p)/(1 + 3(1 − p)).</summary>
    public double? AttentionIouBackground { get; init; }

    /// <summary>Area under the ROC curve of the map's values as a finder of the object, 0 … 1, with midranks; by chance .5.</summary>
    public double? PixelAuc { get; init; }

    /// <summary>Average precision of the map's values as a finder of the object, 0 … 1; by chance p (a little more on coarse grids).</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>Share of the item's objects with more of a⁺ than their area, 0 … 1; null unless at least two boxes say where they are.</summary>
    public double? InstanceCoverage { get; init; }

    /// <summary>Share of a⁺ in the central box of half the area; by chance its area.</summary>
    public double? CentreShare { get; init; }

    /// <summary>Share of a⁺ in the outer ring, a tenth of the side wide; by chance .36.</summary>
    public double? BorderShare { get; init; }

    /// <summary>Share of a⁺ in the four corner squares, a fifth of the side wide; by chance .16.</summary>
    public double? CornerShare { get; init; }

    /// <summary>Share of a⁺ in the corner square at the top left; by chance .04.</summary>
    public double? CornerTopLeftShare { get; init; }

    /// <summary>Share of a⁺ in the corner square at the top right; by chance .04.</summary>
    public double? CornerTopRightShare { get; init; }

    /// <summary>Share of a⁺ in the corner square at the bottom left; by chance .04.</summary>
    public double? CornerBottomLeftShare { get; init; }

    /// <summary>Share of a⁺ in the corner square at the bottom right; by chance .04.</summary>
    public double? CornerBottomRightShare { get; init; }

    /// <summary>Share of a⁺ in the letterbox padding.</summary>
    public double? PaddingShare { get; init; }

    /// <summary>Area of the letterbox padding, 0 … 1: the chance level of its share.</summary>
    public double? PaddingArea { get; init; }

    /// <summary>exp(H)/N with H the entropy of a⁺/Σa⁺ over N cells: 1 for a uniform map, 1/N for a single cell.</summary>
    public double? EffectiveArea { get; init; }

    /// <summary>Gini index of a⁺ over the N cells: 0 for a uniform map, 1 − 1/N for a single cell (Chalasani et al. 2020).</summary>
    public double? Gini { get; init; }

    /// <summary>Σ max(−a, 0) / Σ |a|, 0 … 1.</summary>
    public double? NegativeShare { get; init; }
}

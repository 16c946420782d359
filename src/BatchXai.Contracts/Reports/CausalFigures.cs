using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>What the causal tests of an audit found, over all its items.</summary>
public sealed record CausalReport
{
    /// <summary>Which items were to take part.</summary>
    public required CausalChoice Choice { get; init; }

    /// <summary>Share of the items with masks or boxes that were to take part, 0 … 1; null: an older report.</summary>
    public double? Share { get; init; }

    /// <summary>Items that took part.</summary>
    public required long Items { get; init; }

    /// <summary>Images that went through the model for it, one for each item × test × fill.</summary>
    public required long ForwardPasses { get; init; }

    /// <summary>Seconds of all workers, donors' decoding included; null: not known.</summary>
    public double? Seconds { get; init; }

    /// <summary>Rows by status, every status listed: what could not be made enters no figure.</summary>
    public required IReadOnlyDictionary<CausalStatus, long> Statuses { get; init; }

    /// <summary>Figures for each kind of mask and fill that occurs: pixel masks first.</summary>
    public required IReadOnlyList<CausalFigures> Figures { get; init; }
}

/// <summary>Causal tests of one scope, on objects that are all marked in the same way, with one fill.</summary>
public sealed record CausalFigures
{
    /// <summary>What says where the object is.</summary>
    public required MaskKind MaskKind { get; init; }

    /// <summary>How the object's place was filled.</summary>
    public required CausalFill Fill { get; init; }

    /// <summary>Items with at least one test.</summary>
    public required long Items { get; init; }

    /// <summary>Share of the labelled items that are predicted right as they are.</summary>
    public required Proportion AccuracyBefore { get; init; }

    /// <summary>Share of right predictions in each test, over the labelled items for which it could be made.</summary>
    public required IReadOnlyDictionary<CausalTest, Proportion> Accuracy { get; init; }

    /// <summary>BG-gap: accuracy(mixed_same) − accuracy(mixed_rand) on the same items (Xiao et al. 2020). 0 when the class of the background does not matter.</summary>
    public required DifferenceFigure BackgroundGap { get; init; }

    /// <summary>
    /// Share of items whose prediction another background changes, less the share that the compositing alone changes: flips(mixed_rand) −
    /// flips(placebo), over the items that are predicted right as they are or have no label.
    /// </summary>
    public required DifferenceFigure NetFlipRate { get; init; }

    /// <summary>
    /// What the accuracy without an object would be if backgrounds told nothing: Σ over labels of the label's share × the share of predictions that fall
    /// on it. 1/K where labels and predictions are even; near 1 where the model always answers the one class there is. Null without a labelled item.
    /// </summary>
    public double? NoObjectByChance { get; init; }

    /// <summary>How far the probability of the label (without one: of the prediction) falls on the background of another class.</summary>
    public required MeanFigure ProbabilityDrop { get; init; }
}

/// <summary>A difference of two shares on the same items, with its 95 % interval: Newcombe's; where items have groups, never
/// narrower than a bootstrap over groups.</summary>
/// <param name="N">Items that have both; where items have groups, groups.</param>
/// <param name="Value">First − second, −1 … 1; null when there are fewer than 10 of them.</param>
/// <param name="Low">Lower bound; null when there are fewer than 30 of them.</param>
/// <param name="High">Upper bound; null when there are fewer than 30 of them.</param>
public sealed record DifferenceFigure(long N, double? Value, double? Low, double? High);

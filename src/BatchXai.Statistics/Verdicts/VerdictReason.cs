namespace BatchXai.Statistics.Verdicts;

/// <summary>Why a verdict is what it is.</summary>
public enum ReasonCode
{
    /// <summary>PASS: no limit was crossed. <see cref="VerdictReason.Figure"/> is κ where there is one.</summary>
    NoSign,

    /// <summary>INSUFFICIENT: <see cref="VerdictReason.Value"/> units with κ, fewer than the limit.</summary>
    TooFewUnits,

    /// <summary>INSUFFICIENT: a share <see cref="VerdictReason.Value"/> of the heatmaps is usable, less than the limit.</summary>
    FewUsableMaps,

    /// <summary>INSUFFICIENT: the maps do not depend on the weights, or score no better than the controls.</summary>
    SanityFailed,

    /// <summary>INSUFFICIENT: no sign was found, but whether the maps depend on the weights was not tested, and causal tests do not exclude one.</summary>
    SanityNotRun,

    /// <summary>INSUFFICIENT: the lower bound of the accuracy, <see cref="VerdictReason.Figure"/>, is not above chance, and no sign was found or the model is not sure of its answers: there is nothing learnt to judge.</summary>
    AccuracyAtChance,

    /// <summary>INSUFFICIENT: mean E₀ <see cref="VerdictReason.Value"/> exceeds the limit: location and object cannot be told apart, and causal tests do not decide.</summary>
    LocationConfounded,

    /// <summary>INSUFFICIENT: the interval of κ, <see cref="VerdictReason.Figure"/>, holds the floor, and causal tests do not decide.</summary>
    FocusUndecided,

    /// <summary>WARN or FAIL: accuracy falls when the background is another class's.</summary>
    BackgroundGap,

    /// <summary>WARN or FAIL: predictions flip when the background changes, beyond those that flip by pasting.</summary>
    NetFlipRate,

    /// <summary>WARN or FAIL: the class is still found once the object is gone.</summary>
    NoObjectAccuracy,

    /// <summary>
    /// WARN: predictions flip, but no more than new images are wrong, a share <see cref="VerdictReason.Value"/>, where accuracy falls from training to
    /// validation items; and no other causal figure crosses a limit. What was learnt by heart changes with anything: no sign of a shortcut.
    /// </summary>
    LearntByHeart,

    /// <summary>WARN: <see cref="VerdictReason.Of"/> crosses the limit of FAIL with one fill style and not with the other.</summary>
    FillsDisagree,

    /// <summary>WARN: κ, <see cref="VerdictReason.Figure"/>, lies wholly below the floor: less on the object than by chance.</summary>
    FocusBelowChance,

    /// <summary>WARN: focus is lower than that of the other classes; <see cref="VerdictReason.Value"/> is the difference in mean κ.</summary>
    ClassFlagged,

    /// <summary>WARN, overall: <see cref="VerdictReason.Value"/> classes are at WARN.</summary>
    ClassesWarned,

    /// <summary>FAIL, overall: <see cref="VerdictReason.Value"/> classes are at FAIL.</summary>
    ClassesFailed,
}

/// <summary>A causal figure with one fill style.</summary>
/// <param name="Fill">Name of the fill style.</param>
/// <param name="Figure">The figure.</param>
public sealed record FillFigure(string Fill, Estimate Figure);

/// <summary>One reason of a verdict, and the figures behind it.</summary>
/// <param name="Code">Why.</param>
/// <param name="State">What it leads to.</param>
public sealed record VerdictReason(ReasonCode Code, VerdictState State)
{
    /// <summary>The figure with its interval, where there is one.</summary>
    public Estimate? Figure { get; init; }

    /// <summary>The figure, where it is a count or a share of all and has no interval.</summary>
    public double? Value { get; init; }

    /// <summary>The limit that it was held against.</summary>
    public double? Limit { get; init; }

    /// <summary>Causal figures, one a fill style.</summary>
    public IReadOnlyList<FillFigure> Fills { get; init; } = [];

    /// <summary>The measure on which fill styles disagree.</summary>
    public ReasonCode? Of { get; init; }
}

namespace BatchXai.Statistics.Verdicts;

/// <summary>How a figure of the second model lies to that of the first.</summary>
public enum Change
{
    /// <summary>Too few units to say anything.</summary>
    TooFew,

    /// <summary>Neither a difference nor equivalence is shown.</summary>
    Undecided,

    /// <summary>Shown to differ by less than the margin.</summary>
    Equivalent,

    /// <summary>Shown to be higher.</summary>
    Higher,

    /// <summary>Shown to be lower.</summary>
    Lower,
}

/// <summary>Two models on the same items: all of them, or those of one class. Differences are second − first.</summary>
public sealed record ComparisonFigures
{
    /// <summary>Name of the class; null: all items.</summary>
    public string? Class { get; init; }

    /// <summary>Mean difference of κ with its paired bootstrap interval; null below two units with κ from both.</summary>
    public Estimate? FocusDifference { get; init; }

    /// <summary>Two-sided p of Wilcoxon's signed-rank test on κ, over units.</summary>
    public double FocusP { get; init; } = 1;

    /// <summary><see cref="FocusP"/> after Benjamini-Hochberg over the classes; for all items the same as <see cref="FocusP"/>.</summary>
    public double AdjustedFocusP { get; init; } = 1;

    /// <summary>Two one-sided tests of equivalence in mean κ; null below two units.</summary>
    public PairedEquivalence? FocusEquivalence { get; init; }

    /// <summary>How κ changed.</summary>
    public Change Focus { get; init; }

    /// <summary>Difference of the accuracies with its interval (Newcombe 1998); null without labels. Regards items as independent.</summary>
    public Estimate? AccuracyDifference { get; init; }

    /// <summary>Two-sided p of McNemar's test on correctness; regards items as independent.</summary>
    public double AccuracyP { get; init; } = 1;

    /// <summary><see cref="AccuracyP"/> after Benjamini-Hochberg over the classes; for all items the same as <see cref="AccuracyP"/>.</summary>
    public double AdjustedAccuracyP { get; init; } = 1;

    /// <summary>How the accuracy changed.</summary>
    public Change Accuracy { get; init; }
}

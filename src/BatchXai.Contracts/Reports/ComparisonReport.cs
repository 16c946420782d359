using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>
/// Two audits of the same items: <c>comparison.json</c>. It speaks of two checkpoints, not of how they were trained. Differences are second − first;
/// null means: not defined or too few items, never 0.
/// </summary>
public sealed record ComparisonReport
{
    /// <summary>Version of this shape.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of this shape. Raised when a member changes its meaning or goes; new members do not raise it.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>When the comparison was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first audit.</summary>
    public required ComparedAudit First { get; init; }

    /// <summary>The second audit.</summary>
    public required ComparedAudit Second { get; init; }

    /// <summary>How the items of both were put together.</summary>
    public required ItemMatches Items { get; init; }

    /// <summary>Share of right predictions, over the joined items whose label maps to an output of both models. P by McNemar, interval by Newcombe.</summary>
    public required FigureComparison Accuracy { get; init; }

    /// <summary>Focus κ for each method × target × kind of mask that both audits have, in the order of the first audit's rows.</summary>
    public required IReadOnlyList<FocusComparison> Focus { get; init; }

    /// <summary>What was found, in plain sentences; the most general first. Never empty.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>What the comparison cannot say, in plain sentences. Never empty.</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}

/// <summary>One of the audits.</summary>
/// <param name="AuditId">The audit.</param>
/// <param name="Name">Its name.</param>
/// <param name="ModelPath">Path of the model's file.</param>
/// <param name="ModelHash">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="DatasetHash">SHA-256 over the manifest, lower-case hexadecimal.</param>
public sealed record ComparedAudit(Guid AuditId, string Name, string ModelPath, string ModelHash, string DatasetHash);

/// <summary>How the items of two audits were put together, by their ids.</summary>
/// <param name="SameDataset">Both audits have the same manifest.</param>
/// <param name="Joined">Items in both.</param>
/// <param name="OnlyFirst">Items in the first audit only.</param>
/// <param name="OnlySecond">Items in the second audit only.</param>
/// <param name="OtherLabel">Items in both, but with another label: they enter no figure.</param>
public sealed record ItemMatches(bool SameDataset, long Joined, long OnlyFirst, long OnlySecond, long OtherLabel);

/// <summary>Focus of both models by one method.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Target">"predicted" or "label".</param>
/// <param name="MaskKind">What says where the object is.</param>
/// <param name="Kappa">Mean κ, over the items for which both models have one. P by Wilcoxon's signed ranks, interval by bootstrap.</param>
public sealed record FocusComparison(string Method, string Target, MaskKind MaskKind, FigureComparison Kappa);

/// <summary>One figure of both models.</summary>
/// <param name="All">Over all items.</param>
/// <param name="Classes">For each class, by name; p-values are corrected over the classes with 50 units or more (Benjamini-Hochberg).</param>
public sealed record FigureComparison(ComparedFigure All, IReadOnlyList<ClassComparison> Classes);

/// <summary>One figure of both models in one class.</summary>
/// <param name="Class">Class name.</param>
/// <param name="Figure">The figure.</param>
public sealed record ClassComparison(string Class, ComparedFigure Figure);

/// <summary>A figure of both models on the same items.</summary>
public sealed record ComparedFigure
{
    /// <summary>Items that have the figure from both models.</summary>
    public required long Items { get; init; }

    /// <summary>Independent units among them: items, or groups.</summary>
    public required long Units { get; init; }

    /// <summary>Of the first model; null below 10 items.</summary>
    public double? First { get; init; }

    /// <summary>Of the second model; null below 10 items.</summary>
    public double? Second { get; init; }

    /// <summary>Second − first; null below 10 items.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % bound of the difference; null below 30 units.</summary>
    public double? Low { get; init; }

    /// <summary>Upper 95 % bound of the difference; null below 30 units.</summary>
    public double? High { get; init; }

    /// <summary>Two-sided p that nothing differs; null below 30 units.</summary>
    public double? P { get; init; }

    /// <summary><see cref="P"/> after the correction over classes; of all items the same.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>P of the two one-sided tests that the means differ by .02 or more (Schuirmann 1987); null for shares, and below 30 units.</summary>
    public double? EquivalenceP { get; init; }

    /// <summary>What that allows to be said.</summary>
    public required ComparedChange Change { get; init; }
}

/// <summary>How the second model's figure lies to the first's.</summary>
public enum ComparedChange
{
    /// <summary>Fewer than 50 independent units: nothing is said.</summary>
    TooFew,

    /// <summary>Neither a difference nor equivalence is shown.</summary>
    Undecided,

    /// <summary>Shown to differ by less than .02.</summary>
    Equivalent,

    /// <summary>Shown to be higher: test and interval agree.</summary>
    Higher,

    /// <summary>Shown to be lower: test and interval agree.</summary>
    Lower,
}

using BatchXai.Contracts.Audits;

namespace BatchXai.Contracts.Reports;

/// <summary>The answer to "does the model look at the object?". Interval bounds decide, never point estimates.</summary>
public enum VerdictState
{
    /// <summary>No sign of the background being used, within what the limits say.</summary>
    Pass,

    /// <summary>Nothing can be said.</summary>
    Insufficient,

    /// <summary>Signs that the background is used.</summary>
    Warn,

    /// <summary>The background is used: shown by causal tests, on which two ways of filling agree.</summary>
    Fail,
}

/// <summary>A verdict in codes, figures and plain words.</summary>
public sealed record VerdictFigures
{
    /// <summary>The answer.</summary>
    public required VerdictState State { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why, the gravest first; also findings that an INSUFFICIENT verdict could not use. Never empty.</summary>
    public required IReadOnlyList<VerdictReasonFigures> Reasons { get; init; }

    /// <summary>What it cannot see, and what weakens it: plain sentences. Never empty.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>What to do next: plain sentences. Never empty.</summary>
    public required IReadOnlyList<string> NextSteps { get; init; }

    /// <summary>Which items took part in the causal tests that it rests on.</summary>
    public required CausalChoice Causal { get; init; }
}

/// <summary>One reason of a verdict.</summary>
/// <param name="Code">Short name, such as "backgroundGap"; stays the same between versions.</param>
/// <param name="State">What it leads to.</param>
/// <param name="Sentence">The reason in plain words, with its figures.</param>
/// <param name="Limit">The limit that it was held against; null: none.</param>
public sealed record VerdictReasonFigures(string Code, VerdictState State, string Sentence, double? Limit);

/// <summary>The verdict on one class.</summary>
public sealed record ClassVerdict
{
    /// <summary>Class name.</summary>
    public required string Class { get; init; }

    /// <summary>The verdict.</summary>
    public required VerdictFigures Verdict { get; init; }

    /// <summary>κ of the class against all others.</summary>
    public required ClassFlagFigures Flag { get; init; }

    /// <summary>Its causal tests, for each kind of mask and fill; empty: none.</summary>
    public required IReadOnlyList<CausalFigures> Causal { get; init; }
}

/// <summary>Whether the focus of a class is lower than that of the other classes.</summary>
/// <param name="Difference">Mean κ of the class − mean κ of all others; null: nothing to compare.</param>
/// <param name="CliffDelta">Cliff's δ of the class against all others, −1 … 1; null: nothing to compare.</param>
/// <param name="P">One-sided permutation p; null: too few items to be tested.</param>
/// <param name="AdjustedP">P after Benjamini–Hochberg over the tested classes.</param>
/// <param name="IsFlagged">Significant at q = .05, with an effect that matters: δ ≤ −.33 or difference ≤ −.10.</param>
public sealed record ClassFlagFigures(double? Difference, double? CliffDelta, double? P, double? AdjustedP, bool IsFlagged);

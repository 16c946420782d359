namespace BatchXai.Contracts.Reports;

/// <summary>What training and validation items together say. A shortcut and memorisation are different findings, and each has an answer of its own.</summary>
public enum SplitFinding
{
    /// <summary>The intervals do not decide.</summary>
    Unclear,

    /// <summary>No evidence of memorisation or of a shortcut.</summary>
    NoEvidence,

    /// <summary>Large accuracy gap, and focus that drops from training to validation.</summary>
    Memorisation,

    /// <summary>Large accuracy gap, and the same focus on both.</summary>
    AccuracyGapOnly,

    /// <summary>Small accuracy gap, and the background is used.</summary>
    Shortcut,

    /// <summary>Large accuracy gap, and the background is used.</summary>
    Both,

    /// <summary>The background is not used, and yet focus is low.</summary>
    MethodOrMasks,

    /// <summary>The background is used, and yet focus is high.</summary>
    Artefact,
}

/// <summary>Answer to a question that intervals may leave open.</summary>
public enum SplitAnswer
{
    /// <summary>The interval holds the limit, or nothing was measured.</summary>
    Unclear,

    /// <summary>No.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>Training held against validation: one method × target × kind of mask, that of the headline.</summary>
public sealed record SplitReadingFigures
{
    /// <summary>Name of the training split.</summary>
    public required string Training { get; init; }

    /// <summary>Name of the split that it is held against.</summary>
    public required string Validation { get; init; }

    /// <summary>What both say together.</summary>
    public required SplitFinding Finding { get; init; }

    /// <summary>The finding in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>Is the background used, whatever the accuracy gap?</summary>
    public required SplitAnswerFigures Shortcut { get; init; }

    /// <summary>Are training items memorised, whatever the background?</summary>
    public required SplitAnswerFigures Memorisation { get; init; }

    /// <summary>Accuracy on training items − accuracy on validation items, items taken as independent. N is that of the smaller side.</summary>
    public required DifferenceFigure AccuracyGap { get; init; }

    /// <summary>Mean κ of training items − mean κ of validation items; bootstrap, over groups where there are some. N is that of the smaller side.</summary>
    public required DifferenceFigure FocusDrop { get; init; }

    /// <summary>The causal tests of the validation items, for each fill; empty: none.</summary>
    public required IReadOnlyList<CausalFigures> Causal { get; init; }

    /// <summary>What to do next: plain sentences. Never empty.</summary>
    public required IReadOnlyList<string> NextSteps { get; init; }
}

/// <summary>One answer and the figures it rests on.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Sentence">The figures, in plain words.</param>
public sealed record SplitAnswerFigures(SplitAnswer Answer, string Sentence);

namespace BatchXai.Statistics.Verdicts;

/// <summary>What is known about a model on its training and its validation items.</summary>
public sealed record SplitEvidence
{
    /// <summary>Accuracy on training items − accuracy on validation items; null without labels.</summary>
    public Estimate? AccuracyGap { get; init; }

    /// <summary>Accuracy on validation items; null without labels.</summary>
    public Estimate? Accuracy { get; init; }

    /// <summary>Mean κ on the validation items; null: no κ.</summary>
    public Estimate? Focus { get; init; }

    /// <summary>Mean κ on the training items; null: no κ.</summary>
    public Estimate? TrainingFocus { get; init; }

    /// <summary>Mean κ on training items − mean κ on validation items; null: no κ on one side.</summary>
    public Estimate? FocusDrop { get; init; }

    /// <summary>The causal tests, on the validation items.</summary>
    public required CausalEvidence Causal { get; init; }
}

/// <summary>What train and validation together say.</summary>
public enum SplitFinding
{
    /// <summary>The intervals do not decide.</summary>
    Unclear,

    /// <summary>Small accuracy gap, background not used, focus not low: no evidence of memorisation or of a shortcut.</summary>
    NoEvidence,

    /// <summary>Large accuracy gap and focus that drops from train to validation: the model finds the object on the images it has seen.</summary>
    Memorisation,

    /// <summary>Large accuracy gap, but the focus is the same on both: overfitting that does not show in where the model looks.</summary>
    AccuracyGapOnly,

    /// <summary>Background used: validation on the same kind of images does not show it, for its accuracy gap is small.</summary>
    Shortcut,

    /// <summary>Large accuracy gap and background used.</summary>
    Both,

    /// <summary>Background not used and yet low focus: the method or the masks, or a cue on the object or everywhere. Look at sanity, and at a second method.</summary>
    MethodOrMasks,

    /// <summary>Background used and yet high focus: an artefact of pasting, or a method that is not faithful. Look at the placebo.</summary>
    Artefact,
}

/// <summary>Answer to a question that intervals may leave open.</summary>
public enum Answer
{
    /// <summary>The interval holds the limit, or nothing was measured.</summary>
    Unclear,

    /// <summary>No.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,
}

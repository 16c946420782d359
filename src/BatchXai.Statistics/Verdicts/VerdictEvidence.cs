namespace BatchXai.Statistics.Verdicts;

/// <summary>What was found out about the audit as a whole; without it no class is judged either.</summary>
public sealed record AuditChecks
{
    /// <summary>Whether the maps passed the sanity tests (they change with the weights and differ from the controls); null: not run.</summary>
    public bool? SanityPassed { get; init; }

    /// <summary>Accuracy over the audit; null without labels.</summary>
    public Estimate? Accuracy { get; init; }

    /// <summary>Accuracy of who never looks: 1/K, or the share of the largest class where classes are unbalanced.</summary>
    public double ChanceAccuracy { get; init; }

    /// <summary>Mean probability of the predicted classes, 0 … 1; null: not known.</summary>
    public double? Confidence { get; init; }
}

/// <summary>What a verdict on one class, or on the whole audit, rests on.</summary>
public sealed record VerdictEvidence
{
    /// <summary>Findings about the audit as a whole.</summary>
    public required AuditChecks Checks { get; init; }

    /// <summary>Heatmaps that were to be made of masked items.</summary>
    public required long Maps { get; init; }

    /// <summary>Of these, heatmaps with status ok and a mask that is ok.</summary>
    public required long UsableMaps { get; init; }

    /// <summary>Mean κ; N counts independent units. Null: no κ at all.</summary>
    public Estimate? Focus { get; init; }

    /// <summary>Mean E₀; null: not known.</summary>
    public double? ChanceEnergy { get; init; }

    /// <summary>The flag of the class; null: not tested, or the whole audit.</summary>
    public ClassFlag? Flag { get; init; }

    /// <summary>The causal tests.</summary>
    public required CausalEvidence Causal { get; init; }

    /// <summary>
    /// Where the accuracy gap between training and validation items is large, the share of new images that the model gets wrong (<see cref="SplitReading.NewImageErrors"/>);
    /// null elsewhere. Flips alone up to this share are no sign of a shortcut. The BG-gap and the accuracy without the object still are, for they ask for
    /// the right class.
    /// </summary>
    public double? NewImageErrors { get; init; }
}

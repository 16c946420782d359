namespace BatchXai.Statistics.Verdicts;

/// <summary>How much of the dataset the causal tests were run on.</summary>
public enum CausalMode
{
    /// <summary>They were not run: nothing can FAIL.</summary>
    Off,

    /// <summary>On a seeded share of the masked items.</summary>
    Sampled,

    /// <summary>On every masked item.</summary>
    Full,
}

/// <summary>What the causal tests found.</summary>
/// <param name="Mode">How much of the dataset they were run on.</param>
/// <param name="Fills">One entry a fill style; a FAIL needs two that agree.</param>
public sealed record CausalEvidence(CausalMode Mode, IReadOnlyList<FillEvidence> Fills)
{
    /// <summary>The causal tests were off.</summary>
    public static CausalEvidence None { get; } = new(CausalMode.Off, []);
}

/// <summary>What the causal tests found with one way of filling what is behind an object.</summary>
public sealed record FillEvidence
{
    /// <summary>Name of the fill style.</summary>
    public required string Fill { get; init; }

    /// <summary>BG-gap: accuracy(mixed_same) − accuracy(mixed_rand), paired. Null without labels or donors.</summary>
    public Estimate? BackgroundGap { get; init; }

    /// <summary>Flip rate(mixed_rand) − flip rate(placebo), paired.</summary>
    public Estimate? NetFlipRate { get; init; }

    /// <summary>Accuracy(object_removed) − chance. Null without labels.</summary>
    public Estimate? NoObjectExcess { get; init; }

    /// <summary>Flip rate of the placebo: what pasting alone does.</summary>
    public Estimate? PlaceboFlipRate { get; init; }
}

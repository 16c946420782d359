namespace BatchXai.Statistics.Verdicts;

/// <summary>The answer to "does the model look at the object?", from mild to severe.</summary>
public enum VerdictState
{
    /// <summary>No sign of the background being used, within what the limits say.</summary>
    Pass,

    /// <summary>Nothing can be said.</summary>
    Insufficient,

    /// <summary>Signs that the background is used.</summary>
    Warn,

    /// <summary>The background is used: shown by causal tests, with two fill styles.</summary>
    Fail,
}

/// <summary>A verdict with everything it rests on. It holds codes and figures; the words are the report's.</summary>
public sealed record Verdict
{
    /// <summary>The answer.</summary>
    public required VerdictState State { get; init; }

    /// <summary>Why; also findings that an INSUFFICIENT verdict could not use. Never empty.</summary>
    public required IReadOnlyList<VerdictReason> Reasons { get; init; }

    /// <summary>What this verdict cannot see, and what weakens it. Never empty.</summary>
    public required IReadOnlyList<VerdictLimit> Limits { get; init; }

    /// <summary>How much of the dataset the causal tests were run on.</summary>
    public required CausalMode Causal { get; init; }

    /// <summary>What the causal tests say by themselves.</summary>
    public required CausalLevel CausalLevel { get; init; }

    /// <summary>It tells, or a class does, that training images were learnt by heart, and no causal test tells that the background is used.</summary>
    public bool IsByHeart { get; init; }
}

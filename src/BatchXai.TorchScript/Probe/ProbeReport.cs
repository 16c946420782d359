namespace BatchXai.TorchScript.Probe;

/// <summary>What a probe found out.</summary>
internal sealed record ProbeReport
{
    /// <summary>Why the model does not run, null when it does.</summary>
    public string? Error { get; init; }

    /// <summary>The kind of <see cref="Error"/>.</summary>
    public ScriptProblem Problem { get; init; }

    /// <summary>Shape of the scores.</summary>
    public IReadOnlyList<long> Scores { get; init; } = [];

    /// <summary>The batch size that the model insists on, null for any.</summary>
    public int? FixedBatch { get; init; }

    /// <summary>Shapes by layer index.</summary>
    public IReadOnlyDictionary<int, long[]> Shapes { get; init; } = new Dictionary<int, long[]>();

    /// <summary>Index of the last spatial layer that all of the scores pass.</summary>
    public int? Target { get; init; }

    /// <summary>Index of the layer that holds the scores before a final activation, null when there is none.</summary>
    public int? Logits { get; init; }

    /// <summary>That activation.</summary>
    public FinalActivation Activation { get; init; }
}

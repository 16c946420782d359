namespace BatchXai.TorchScript.Probe;

/// <summary>What a probe may take.</summary>
public sealed record ProbeLimits
{
    /// <summary>Time at most.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of memory at most.</summary>
    public long Memory { get; init; } = 16L << 30;
}

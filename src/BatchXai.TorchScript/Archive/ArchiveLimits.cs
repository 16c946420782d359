namespace BatchXai.TorchScript.Archive;

/// <summary>What a TorchScript archive may hold.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Entries at most; a parameter is one entry.</summary>
    public int Entries { get; init; } = 100_000;

    /// <summary>Uncompressed bytes at most, all entries together.</summary>
    public long Bytes { get; init; } = 16L << 30;

    /// <summary>Uncompressed bytes of an entry at most, for each compressed byte. PyTorch stores weights uncompressed.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Bytes of code at most, all files together.</summary>
    public long CodeBytes { get; init; } = 64L << 20;
}

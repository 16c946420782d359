namespace BatchXai.Clusters;

/// <summary>How the programs of a cluster are set.</summary>
public sealed record ClusterSettings
{
    /// <summary>Folder below which requests may name files.</summary>
    public required string Root { get; init; }

    /// <summary>Shards that a worker explains at once.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Threads of torch in a worker.</summary>
    public int TorchThreads { get; init; } = 1;

    /// <summary>Shards in flight.</summary>
    public int Window { get; init; } = 6;

    /// <summary>Seconds after which a silent run is given up.</summary>
    public int SilenceSeconds { get; init; } = 30;

    /// <summary>Seconds after which a worker whose items do not advance ends itself.</summary>
    public int StallSeconds { get; init; } = 60;

    /// <summary>The blob account as the programs see it; null: the server itself.</summary>
    public string? BlobConnection { get; init; }

    /// <summary>Where the programs send what they measure and trace; null: nowhere.</summary>
    public Uri? Collector { get; init; }
}

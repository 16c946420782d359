namespace BatchXai.Coordinator.Data;

/// <summary>One worker process that has been seen.</summary>
public sealed class WorkerRow
{
    /// <summary>Its name: machine and process.</summary>
    public required string Name { get; set; }

    /// <summary>Shards that it explains at once.</summary>
    public int Slots { get; set; }

    /// <summary>"cpu" or the name of its GPU.</summary>
    public required string Device { get; set; }

    /// <summary>Version of BatchXai that it runs.</summary>
    public required string Version { get; set; }

    /// <summary>When it was last heard of, UTC.</summary>
    public DateTime SeenAt { get; set; }
}

using BatchXai.Contracts.Shards;

namespace BatchXai.Coordinator.Data;

/// <summary>One shard: outbox, lease and attempt counter in one row.</summary>
public sealed class ShardRow
{
    /// <summary>The audit.</summary>
    public Guid AuditId { get; set; }

    /// <summary>Place in the audit, from 0.</summary>
    public int Number { get; set; }

    /// <summary>Where it stands.</summary>
    public ShardState State { get; set; }

    /// <summary>Items in it.</summary>
    public int Items { get; set; }

    /// <summary>The latest run: set when dispatched; only its events move this row.</summary>
    public Guid? RunId { get; set; }

    /// <summary>Runs started so far.</summary>
    public int Attempt { get; set; }

    /// <summary>Not dispatched before this moment, UTC.</summary>
    public DateTime NotBefore { get; set; }

    /// <summary>Last sign of life of the run, UTC.</summary>
    public DateTime? HeartbeatAt { get; set; }

    /// <summary>Worker that runs or ran it.</summary>
    public string? Worker { get; set; }

    /// <summary>Items that the run has finished so far, whatever their outcome.</summary>
    public int ItemsDone { get; set; }

    /// <summary>Of those, items that could not be explained.</summary>
    public int ItemsFailed { get; set; }

    /// <summary>Seconds by stage, as JSON; set when done.</summary>
    public string? StageSeconds { get; set; }

    /// <summary>Why the latest run failed.</summary>
    public string? Error { get; set; }
}

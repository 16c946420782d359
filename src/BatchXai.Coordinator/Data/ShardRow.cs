using BatchXai.Contracts.Shards;

namespace BatchXai.Coordinator.Data;

/// <summary>One shard: outbox, lease and attempt counter in one row.</summary>
public sealed class ShardRow
{
    /// <summary>The audit.</summary>
    public Guid AuditId { get; set; }

    /// <summary>Number in the audit, from 0; halves of a split shard get numbers of their own.</summary>
    public int Number { get; set; }

    /// <summary>Place of its first item in the dataset.</summary>
    public long FirstItem { get; set; }

    /// <summary>Items in it.</summary>
    public int Items { get; set; }

    /// <summary>Where it stands.</summary>
    public ShardState State { get; set; }

    /// <summary>The latest dispatch; only what is told under it moves this row.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When the lease was given, UTC.</summary>
    public DateTime? DispatchedAt { get; set; }

    /// <summary>When the broker confirmed the message, UTC; null: perhaps it never got one.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>The latest run under the lease; when done, the run that was counted.</summary>
    public Guid? RunId { get; set; }

    /// <summary>Leases that count against it: not those that the broker never got, that were handed back, or whose run died (deaths count these).</summary>
    public int Attempt { get; set; }

    /// <summary>Runs that ended without a word: their process died or fell silent.</summary>
    public int Deaths { get; set; }

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

    /// <summary>When it reached a final state, UTC.</summary>
    public DateTime? EndedAt { get; set; }
}

namespace BatchXai.Contracts.Shards;

/// <summary>
/// To a worker: explain this shard under this lease. Ids only; plan and manifest are blobs at addresses that follow from them. A new dispatch is
/// a new lease, and what is told under an old one is dropped. Alone: nothing else may run in the worker's process meanwhile, because a process died
/// with this shard before; so a death is never held against a shard that only ran beside the one to blame.
/// </summary>
public sealed record ExplainShard(Guid AuditId, int Shard, Guid LeaseId, bool Alone = false);

/// <summary>From a worker: a run has begun. The latest run to begin under the lease holds it. Redelivered: the broker took the message back from a worker before.</summary>
public sealed record ShardStarted(Guid AuditId, int Shard, Guid LeaseId, Guid RunId, string Worker, bool Redelivered);

/// <summary>From a worker, at least every few seconds while it runs: so many items are done.</summary>
public sealed record ShardProgressed(Guid AuditId, int Shard, Guid LeaseId, Guid RunId, int ItemsDone, int ItemsFailed);

/// <summary>From a worker: the run's artifacts are stored, rows of causal tests among them if there are any. Seconds by stage tell where the time went.</summary>
public sealed record ShardExplained(
    Guid AuditId, int Shard, Guid LeaseId, Guid RunId, string Worker, int Items, int ItemsFailed, IReadOnlyDictionary<string, double> StageSeconds, int CausalRows = 0);

/// <summary>From a worker: the run ended without artifacts. Transient trouble is worth another try.</summary>
public sealed record ShardFailed(Guid AuditId, int Shard, Guid LeaseId, Guid RunId, string Error, bool Transient);

/// <summary>From a worker that is told to stop: it hands the shard back. Nothing is held against the shard.</summary>
public sealed record ShardReturned(Guid AuditId, int Shard, Guid LeaseId, Guid RunId);

/// <summary>From a worker every few seconds, busy or not: it is there, and explains so many shards at once.</summary>
public sealed record WorkerSeen(string Worker, int Slots, string Device, string Version);

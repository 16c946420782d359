namespace BatchXai.Contracts.Shards;

/// <summary>To a worker: explain this shard. Ids only; plan and manifest are blobs at addresses that follow from them.</summary>
public sealed record ExplainShard(Guid AuditId, int Shard, Guid RunId);

/// <summary>From a worker: a run has begun.</summary>
public sealed record ShardStarted(Guid AuditId, int Shard, Guid RunId, string Worker);

/// <summary>From a worker, at least every few seconds while it runs: so many items are done.</summary>
public sealed record ShardProgressed(Guid AuditId, int Shard, Guid RunId, int ItemsDone, int ItemsFailed);

/// <summary>From a worker: the run's artifacts are stored. Seconds by stage tell where the time went.</summary>
public sealed record ShardExplained(Guid AuditId, int Shard, Guid RunId, int Items, int ItemsFailed, IReadOnlyDictionary<string, double> StageSeconds);

/// <summary>From a worker: the run ended without artifacts. Transient trouble is worth another try.</summary>
public sealed record ShardFailed(Guid AuditId, int Shard, Guid RunId, string Error, bool Transient);

namespace BatchXai.Benchmarks.Soak;

/// <summary>What is done to a cluster.</summary>
internal enum Disturbance
{
    WorkerKilled,
    WorkerFrozen,
    CoordinatorKilled,
    BrokerKilled,
    DatabaseKilled,
    QueuePurged,
    BlobsRough,
    BlobsDown,
    BlobsSilent,
}

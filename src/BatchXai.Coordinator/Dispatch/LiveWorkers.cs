using BatchXai.Coordinator.Data;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>Workers that have been heard of lately.</summary>
internal static class LiveWorkers
{
    /// <summary>Three signs of life may get lost.</summary>
    public static readonly TimeSpan Presence = TimeSpan.FromSeconds(15);

    public static IQueryable<WorkerRow> In(AuditDb db, DateTime now)
    {
        var since = now - Presence;
        return db.Workers.Where(worker => worker.SeenAt > since);
    }
}

using BatchXai.Storage.Blobs;

namespace BatchXai.Worker.Explain;

/// <summary>Opens each audit's session once, however many of its shards run at once, and forgets the oldest.</summary>
internal sealed class AuditSessions(IBlobStore blobs, ModelCache models)
{
    private const int Most = 4;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Task<AuditSession>> sessions = [];
    private readonly Queue<Guid> order = [];

    public Task<AuditSession> OpenAsync(Guid auditId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // A session that failed to open is no session: the next shard tries again.
            if (sessions.TryGetValue(auditId, out var known) && !known.IsFaulted && !known.IsCanceled)
            {
                return known;
            }

            if (known is null)
            {
                order.Enqueue(auditId);
            }

            while (order.Count > Most)
            {
                sessions.Remove(order.Dequeue());
            }

            return sessions[auditId] = AuditSession.OpenAsync(auditId, blobs, models, cancellationToken);
        }
    }
}

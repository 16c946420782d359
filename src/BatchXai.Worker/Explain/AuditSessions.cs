using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Worker.Explain;

/// <summary>Reads each audit's files once, however many of its shards run at once, and forgets the oldest.</summary>
internal sealed class AuditSessions(IBlobStore blobs, SourceLocations locations, ModelCache models)
{
    private const int Most = 4;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Task<AuditFiles>> audits = [];
    private readonly Queue<Guid> order = [];

    public async Task<AuditSession> OpenAsync(Guid auditId, CancellationToken cancellationToken)
    {
        var files = await Files(auditId).WaitAsync(cancellationToken);
        return new(files, await models.RentAsync(files.Plan.Request.Model, files.Plan.Model.Hash, cancellationToken));
    }

    private Task<AuditFiles> Files(Guid auditId)
    {
        lock (gate)
        {
            // What could not be read is not kept: the next shard tries again.
            if (audits.TryGetValue(auditId, out var known) && !known.IsFaulted)
            {
                return known;
            }

            if (known is null)
            {
                order.Enqueue(auditId);
            }

            while (order.Count > Most)
            {
                audits.Remove(order.Dequeue());
            }

            // For all that wait for it: one run that is stopped must not stop the reading.
            return audits[auditId] = AuditFiles.ReadAsync(auditId, blobs, locations, CancellationToken.None);
        }
    }
}

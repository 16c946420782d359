using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Manage;

/// <summary>Ends an audit by a person's wish. Workers see the marker within seconds and stop; what was done is kept.</summary>
public sealed class AuditCancellation(IDbContextFactory<AuditDb> databases, IBlobStore blobs, AuditSignal signal, TimeProvider clock)
{
    /// <summary>Cancels the audit. False: there is none with this id. One that has ended stays as it is; cancelled twice is cancelled.</summary>
    public async Task<bool> CancelAsync(Guid auditId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Audits.Where(audit => audit.Id == auditId && audit.State != AuditState.Done && audit.State != AuditState.Failed && audit.State != AuditState.Cancelled)
            .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.State, AuditState.Cancelled).SetProperty(row => row.EndedAt, now), cancellationToken);

        // That stands, whatever dies now. The rest happens while the audit's row is locked, so that a retry comes before it or after it; cancelling again repeats it.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Audits.Where(audit => audit.Id == auditId && audit.State == AuditState.Cancelled)
            .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.State, AuditState.Cancelled), cancellationToken) == 0)
        {
            return await db.Audits.AnyAsync(audit => audit.Id == auditId, cancellationToken);
        }

        await db.Shards.Open().Where(shard => shard.AuditId == auditId)
            .ExecuteUpdateAsync(
                shard => shard.SetProperty(row => row.State, ShardState.Cancelled).SetProperty(row => row.EndedAt, now).SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0),
                cancellationToken);
        await blobs.WriteAsync(ArtifactAddresses.Cancelled(auditId), [], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }
}

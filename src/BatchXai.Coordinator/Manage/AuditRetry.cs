using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Own;
using BatchXai.Coordinator.Plan;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Manage;

/// <summary>Takes an audit that failed or was cancelled up where it stopped: planning from the start, shards one by one.</summary>
public sealed class AuditRetry(IDbContextFactory<AuditDb> databases, IBlobStore blobs, AuditSignal signal, TimeProvider clock)
{
    /// <summary>Goes on with the audit. False: there is none with this id. One that runs or is done stays as it is.</summary>
    /// <exception cref="ConflictException">It is being deleted, or a coordinator has not let go of it yet.</exception>
    public async Task<bool> RetryAsync(Guid auditId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (await ReopenAsync(db, auditId, cancellationToken))
            {
                // While the audit's row is locked: workers must not stop what begins again, and a cancel comes before all of this or after it.
                await blobs.DeleteAsync(ArtifactAddresses.Cancelled(auditId), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                signal.Raise();
                return true;
            }
        }

        var state = await db.Audits.Where(audit => audit.Id == auditId).Select(audit => (AuditState?)audit.State).SingleOrDefaultAsync(cancellationToken);
        return state is AuditState.Failed or AuditState.Cancelled
            ? throw new ConflictException("The audit is being ended or deleted at this moment. Retry it a little later.")
            : state is not null;
    }

    private async Task<bool> ReopenAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Shards alone do not say whether it was planned: planning may have stopped among them. One without any left to run ends at once.
        var reopened = await AuditClaim.Free(db.Audits, now).Where(audit => audit.Id == auditId && (audit.State == AuditState.Failed || audit.State == AuditState.Cancelled)).ExecuteUpdateAsync(
            audit => audit.SetProperty(row => row.State, row => row.Items == 0 ? AuditState.Submitted : AuditState.Running).SetProperty(row => row.Error, (string?)null)
                .SetProperty(row => row.EndedAt, (DateTime?)null).SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.OwnedUntil, (DateTime?)null),
            cancellationToken);
        if (reopened == 0)
        {
            return false;
        }

        await db.Shards.Where(shard => shard.AuditId == auditId && (shard.State == ShardState.Failed || shard.State == ShardState.Cancelled)).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.Attempt, 0).SetProperty(row => row.Deaths, 0).SetProperty(row => row.NotBefore, now)
                .SetProperty(row => row.Error, (string?)null).SetProperty(row => row.EndedAt, (DateTime?)null),
            cancellationToken);
        // A model that could not be used may be readable by now.
        await InspectionDesk.AskAnewAsync(db.Inspections.Where(row => row.Problems != null && db.Audits.Any(audit => audit.Id == auditId && audit.InspectionKey == row.Key)), cancellationToken);
        return true;
    }
}

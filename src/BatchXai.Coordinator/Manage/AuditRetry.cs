using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Manage;

/// <summary>Takes an audit that failed or was cancelled up where it stopped: planning from the start, shards one by one.</summary>
public sealed class AuditRetry(IDbContextFactory<AuditDb> databases, IBlobStore blobs, AuditSignal signal)
{
    /// <summary>Goes on with the audit. False: there is none with this id. One that runs or is done stays as it is.</summary>
    public async Task<bool> RetryAsync(Guid auditId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Audits.AsNoTracking().SingleOrDefaultAsync(row => row.Id == auditId, cancellationToken) is not { } audit)
        {
            return false;
        }

        if (audit.State is not (AuditState.Failed or AuditState.Cancelled))
        {
            return true;
        }

        // The marker first: workers must not stop what begins again.
        await blobs.DeleteAsync(ArtifactAddresses.Cancelled(auditId), cancellationToken);
        // A model that could not be used may be readable by now.
        await db.Inspections.Where(row => row.Key == audit.InspectionKey && row.Problems != null).ExecuteDeleteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var retried = await db.Shards.Where(shard => shard.AuditId == auditId && (shard.State == ShardState.Failed || shard.State == ShardState.Cancelled))
            .ExecuteUpdateAsync(
                shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.Attempt, 0).SetProperty(row => row.Deaths, 0)
                    .SetProperty(row => row.Error, (string?)null).SetProperty(row => row.EndedAt, (DateTime?)null),
                cancellationToken);
        var planned = audit.Items > 0; // Shards alone say nothing: planning may have stopped among them.
        var state = !planned ? AuditState.Submitted : retried > 0 ? AuditState.Running : AuditState.Reporting;
        var moved = await db.Audits.Where(row => row.Id == auditId && row.State == audit.State).ExecuteUpdateAsync(
            row => row.SetProperty(value => value.State, state).SetProperty(value => value.Error, (string?)null).SetProperty(value => value.EndedAt, (DateTime?)null)
                .SetProperty(value => value.Owner, (string?)null).SetProperty(value => value.OwnedUntil, (DateTime?)null),
            cancellationToken);
        if (moved > 0)
        {
            await transaction.CommitAsync(cancellationToken);
            signal.Raise();
        }

        return true;
    }
}

using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Own;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Manage;

/// <summary>Removes an audit for good: its blobs, then its rows. A deletion that was cut short is finished by asking for it again.</summary>
public sealed class AuditDeletion(IDbContextFactory<AuditDb> databases, DatabaseDialect dialect, AuditCancellation cancellation, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>In this time workers see that their audit is cancelled, and store nothing more.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Deletes the audit; one that runs is cancelled first. False: there is none with this id.</summary>
    /// <exception cref="ConflictException">Somebody else does not let go of it.</exception>
    public async Task<bool> DeleteAsync(Guid auditId, CancellationToken cancellationToken)
    {
        if (!await cancellation.CancelAsync(auditId, cancellationToken))
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await HoldAsync(db, auditId, cancellationToken) is not { } claim)
        {
            return true; // Another call has deleted it meanwhile.
        }

        try
        {
            await SettleAsync(db, auditId, cancellationToken);
            await blobs.DeleteAsync(ArtifactAddresses.Audit(auditId), cancellationToken);
            await dialect.DeleteAuditAsync(db, auditId, cancellationToken);
            return true;
        }
        finally
        {
            await claim.LetGoAsync(db, TimeSpan.Zero, clock, CancellationToken.None);
        }
    }

    /// <summary>Waits until nobody plans or reports the audit, and sees to it that nobody takes it up again. Null: it is gone.</summary>
    private async Task<AuditClaim?> HoldAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        do
        {
            if (await db.Audits.Where(audit => audit.Id == auditId).Select(audit => (AuditState?)audit.State).SingleOrDefaultAsync(cancellationToken) is not { } state)
            {
                return null;
            }

            if (state.IsFinal() && await AuditClaim.TakeAsync(db, auditId, state, clock, cancellationToken) is { } claim)
            {
                return claim;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
        while (clock.GetElapsedTime(begin) < Patience);
        throw new ConflictException("The audit is in use by a coordinator, or was taken up again. Delete it a little later.");
    }

    /// <summary>Runs that were cancelled a moment ago may still store something.</summary>
    private async Task SettleAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        var last = await db.Shards.Where(shard => shard.AuditId == auditId && shard.LeaseId != null).MaxAsync(shard => shard.EndedAt, cancellationToken);
        if (last + Settling - clock.GetUtcNow().UtcDateTime is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, clock, cancellationToken);
        }
    }
}

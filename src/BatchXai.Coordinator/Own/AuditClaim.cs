using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Own;

/// <summary>
/// A hold on an audit in a state, for what only one may do. Each hold has a name of its own in the row, so that whoever comes too late, in this process or
/// another, cannot take itself for its successor.
/// </summary>
internal sealed record AuditClaim(Guid AuditId, AuditState State, string Owner)
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(30);

    /// <summary>Takes an audit in this state; null: it is in another, or somebody else has it.</summary>
    public static async Task<AuditClaim?> TakeAsync(AuditDb db, Guid auditId, AuditState state, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (owner, until) = ($"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}", now + Term);
        return await Free(db.Audits, now).Where(audit => audit.Id == auditId && audit.State == state)
            .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Owner, owner).SetProperty(row => row.OwnedUntil, until), cancellationToken) > 0 ? new(auditId, state, owner) : null;
    }

    /// <summary>Audits that nobody holds, nor is to hold yet.</summary>
    public static IQueryable<AuditRow> Free(IQueryable<AuditRow> audits, DateTime now) => audits.Where(audit => audit.OwnedUntil == null || audit.OwnedUntil < now);

    /// <summary>The audit, while it is held.</summary>
    public IQueryable<AuditRow> In(AuditDb db) => db.Audits.Where(audit => audit.Id == AuditId && audit.State == State && audit.Owner == Owner);

    /// <summary>Holds the audit for another term. Inside a transaction, nobody takes it before that ends. False: it is held no longer.</summary>
    public async Task<bool> RenewAsync(AuditDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow().UtcDateTime + Term;
        return await In(db).ExecuteUpdateAsync(audit => audit.SetProperty(row => row.OwnedUntil, until), cancellationToken) > 0;
    }

    /// <summary>Lets go of the audit, in whatever state it is; nobody is to take it before the pause is over.</summary>
    public async Task LetGoAsync(AuditDb db, TimeSpan pause, TimeProvider clock, CancellationToken cancellationToken)
    {
        DateTime? until = pause == TimeSpan.Zero ? null : clock.GetUtcNow().UtcDateTime + pause;
        await db.Audits.Where(audit => audit.Id == AuditId && audit.Owner == Owner)
            .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.OwnedUntil, until), cancellationToken);
    }
}

/// <summary>The audit is held no longer: it was cancelled or deleted, or this process stood still for so long that another took it.</summary>
internal sealed class ClaimLostException : Exception;

using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>Moves an audit from one state to the next, unless somebody else has moved it.</summary>
internal static class AuditEnd
{
    /// <summary>True when this call moved it. A final state gets its time; whoever owned the audit lets go of it.</summary>
    public static Task<bool> MoveAsync(AuditDb db, Guid auditId, AuditState from, AuditState to, string? error, TimeProvider clock, CancellationToken cancellationToken) =>
        MoveAsync(db.Audits.Where(audit => audit.Id == auditId && audit.State == from), to, error, clock, cancellationToken);

    /// <summary>The same for an audit that is found only as long as it may be moved.</summary>
    public static async Task<bool> MoveAsync(IQueryable<AuditRow> movable, AuditState to, string? error, TimeProvider clock, CancellationToken cancellationToken)
    {
        DateTime? ended = to.IsFinal() ? clock.GetUtcNow().UtcDateTime : null;
        return await movable.ExecuteUpdateAsync(
            audit => audit.SetProperty(row => row.State, to).SetProperty(row => row.Error, error).SetProperty(row => row.EndedAt, ended)
                .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.OwnedUntil, (DateTime?)null),
            cancellationToken) > 0;
    }
}

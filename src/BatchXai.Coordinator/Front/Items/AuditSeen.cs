using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>What pages of items know of their audit.</summary>
/// <param name="Row">The audit.</param>
/// <param name="Plan">Its plan; null: it is not planned, so it has no items.</param>
public sealed record AuditSeen(AuditRow Row, AuditPlan? Plan)
{
    /// <summary>Looks for an audit; null: there is none.</summary>
    internal static async Task<AuditSeen?> FindAsync(AuditDb db, AuditPlace place, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Audits.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } audit)
        {
            return null;
        }

        try
        {
            return new(audit, await place.Blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(id), cancellationToken));
        }
        catch (FileNotFoundException)
        {
            return new(audit, null);
        }
    }
}

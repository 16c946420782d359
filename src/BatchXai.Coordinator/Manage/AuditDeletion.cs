using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Manage;

/// <summary>Removes an audit for good: rows first, then its blobs.</summary>
public sealed class AuditDeletion(IDbContextFactory<AuditDb> databases, DatabaseDialect dialect, AuditCancellation cancellation, IBlobStore blobs)
{
    /// <summary>Deletes the audit; one that runs is cancelled first. False: there is none with this id.</summary>
    public async Task<bool> DeleteAsync(Guid auditId, CancellationToken cancellationToken)
    {
        if (!await cancellation.CancelAsync(auditId, cancellationToken))
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await dialect.DeleteAuditAsync(db, auditId, cancellationToken);
        await blobs.DeleteAsync(ArtifactAddresses.Audit(auditId), cancellationToken);
        return true;
    }
}

using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Manage;
using BatchXai.Coordinator.Plan;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Submit;

/// <summary>Takes an audit in: one row, and everything else follows from it.</summary>
public sealed class AuditSubmission(IDbContextFactory<AuditDb> databases, AuditRetry retry, AuditSignal signal, TimeProvider clock)
{
    /// <summary>So long a worker's word that a model cannot be used is believed.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(10);

    /// <summary>Stores a new audit, or takes up the one with the same request and model where it stopped. Returns its id.</summary>
    public async Task<Guid> SubmitOrContinueAsync(PreparedAudit audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audit);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Audits.AsNoTracking().SingleOrDefaultAsync(row => row.Fingerprint == audit.Fingerprint, cancellationToken) is { } known)
        {
            await retry.RetryAsync(known.Id, cancellationToken);
            return known.Id;
        }

        return await AddAsync(db, audit, null, null, cancellationToken);
    }

    /// <summary>Stores a new audit and returns its id. The same idempotency key again is the same audit.</summary>
    /// <param name="audit">The checked request.</param>
    /// <param name="idempotencyKey">What the caller calls this submission; null: every call is an audit of its own.</param>
    /// <param name="traceParent">W3C traceparent of the call.</param>
    /// <param name="cancellationToken">Stops before the row is written.</param>
    /// <exception cref="IdempotencyConflictException">The key belongs to an audit with another request.</exception>
    /// <exception cref="UserErrorException">The model is known to be unusable.</exception>
    public async Task<Guid> SubmitAsync(PreparedAudit audit, string? idempotencyKey, string? traceParent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audit);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, audit, idempotencyKey, cancellationToken) is { } known)
        {
            return known;
        }

        // Workers may have become better since; then one is asked again.
        var believed = clock.GetUtcNow().UtcDateTime - Belief;
        await InspectionDesk.AskAnewAsync(db.Inspections.Where(row => row.Key == audit.InspectionKey && row.Problems != null && row.AnsweredAt < believed), cancellationToken);
        var problems = await db.Inspections.Where(row => row.Key == audit.InspectionKey).Select(row => row.Problems).SingleOrDefaultAsync(cancellationToken);
        if (problems is not null)
        {
            throw new UserErrorException(JsonSerializer.Deserialize<List<string>>(problems)!);
        }

        try
        {
            return await AddAsync(db, audit, idempotencyKey, traceParent, cancellationToken);
        }
        catch (DbUpdateException) when (idempotencyKey is not null)
        {
            // Another call with the same key was first.
            db.ChangeTracker.Clear();
            return await FindAsync(db, audit, idempotencyKey, cancellationToken) ?? throw new InvalidOperationException("The audit could not be stored.");
        }
    }

    /// <summary>
    /// An audit with another request or model in this database; null: none. A folder holds one audit; one that failed before it was planned does
    /// not count, so that a mistake in the request can be mended and tried again.
    /// </summary>
    public async Task<AuditRow?> FindOtherAsync(PreparedAudit audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audit);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Audits.AsNoTracking().FirstOrDefaultAsync(row => row.Fingerprint != audit.Fingerprint && !(row.State == AuditState.Failed && row.Items == 0), cancellationToken);
    }

    private static async Task<Guid?> FindAsync(AuditDb db, PreparedAudit audit, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var stored = StoredKey(audit, idempotencyKey);
        var known = stored is null ? null : await db.Audits.AsNoTracking().SingleOrDefaultAsync(row => row.IdempotencyKey == stored, cancellationToken);
        return known is null || known.Fingerprint == audit.Fingerprint ? known?.Id : throw new IdempotencyConflictException(idempotencyKey!, known.Id);
    }

    /// <summary>Each caller has keys of its own: another's would tell of audits that it may not see. A key has no space in it.</summary>
    private static string? StoredKey(PreparedAudit audit, string? idempotencyKey) => idempotencyKey is null || audit.CreatedBy is null ? idempotencyKey : $"{audit.CreatedBy} {idempotencyKey}";

    private async Task<Guid> AddAsync(AuditDb db, PreparedAudit audit, string? idempotencyKey, string? traceParent, CancellationToken cancellationToken)
    {
        var row = new AuditRow
        {
            Id = Guid.CreateVersion7(),
            Name = audit.Request.Name,
            Fingerprint = audit.Fingerprint,
            CreatedBy = audit.CreatedBy,
            IdempotencyKey = StoredKey(audit, idempotencyKey),
            Request = audit.Json,
            ModelName = Path.GetFileName(audit.Request.Model.Path),
            ModelHash = audit.ModelHash,
            InspectionKey = audit.InspectionKey,
            Weight = audit.Request.Weight,
            TraceParent = traceParent,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Audits.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise();
        return row.Id;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Submit;

/// <summary>Takes an audit in: checks the request, writes the row. The same request again is the same audit, and continues.</summary>
public sealed class AuditSubmission(IDbContextFactory<AuditDb> databases, TimeProvider clock)
{
    /// <summary>Stores a new audit, or takes up the one with the same request and model where it stopped. Returns its id.</summary>
    /// <exception cref="UserErrorException">The request cannot work; every problem is named.</exception>
    public async Task<Guid> SubmitAsync(AuditRequest request, CancellationToken cancellationToken)
    {
        request = AuditRequestCheck.Checked(request);
        var json = JsonSerializer.Serialize(request, StorageJson.Options);
        var fingerprint = await FingerprintAsync(json, request.Model, cancellationToken);

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Audits.SingleOrDefaultAsync(audit => audit.Fingerprint == fingerprint, cancellationToken) is { } known)
        {
            await ContinueAsync(db, known, cancellationToken);
            return known.Id;
        }

        var row = new AuditRow { Id = Guid.CreateVersion7(), Name = request.Name, Fingerprint = fingerprint, Request = json, CreatedAt = clock.GetUtcNow().UtcDateTime };
        db.Audits.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return row.Id;
    }

    /// <summary>
    /// An audit with another request or model in this database; null: none. A folder holds one audit; one that failed before it was planned does
    /// not count, so that a mistake in the request can be mended and tried again.
    /// </summary>
    public async Task<AuditRow?> FindOtherAsync(AuditRequest request, CancellationToken cancellationToken)
    {
        request = AuditRequestCheck.Checked(request);
        var fingerprint = await FingerprintAsync(JsonSerializer.Serialize(request, StorageJson.Options), request.Model, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Audits.AsNoTracking().FirstOrDefaultAsync(audit => audit.Fingerprint != fingerprint && !(audit.State == AuditState.Failed && audit.Items == 0), cancellationToken);
    }

    /// <summary>What ended in failure is tried again: planning from the start, shards one by one.</summary>
    private static async Task ContinueAsync(AuditDb db, AuditRow audit, CancellationToken cancellationToken)
    {
        if (audit.State is not (AuditState.Failed or AuditState.Cancelled))
        {
            return;
        }

        var retried = await db.Shards.Where(shard => shard.AuditId == audit.Id && (shard.State == ShardState.Failed || shard.State == ShardState.Cancelled))
            .ExecuteUpdateAsync(shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.Attempt, 0), cancellationToken);
        var planned = audit.Items > 0; // Shards alone say nothing: planning may have stopped among them.
        (audit.State, audit.Error, audit.EndedAt) = (!planned ? AuditState.Submitted : retried > 0 ? AuditState.Running : AuditState.Reporting, null, null);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<string> FingerprintAsync(string request, ModelSpec model, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request));
        foreach (var path in model.WeightFiles.Prepend(model.Path))
        {
            await using var file = File.OpenRead(path);
            hash.AppendData(await SHA256.HashDataAsync(file, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Observe;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Reap;

/// <summary>Replaces a shard by its two halves, with manifests of their own.</summary>
internal sealed class ShardSplit(IBlobStore blobs, TimeProvider clock)
{
    public async Task SplitAsync(AuditDb db, ShardRow shard, CancellationToken cancellationToken)
    {
        var items = await ManifestAsync(shard, cancellationToken);
        var half = items.Count / 2;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locks the audit's row: numbers and manifests of two splits at once must not meet.
        await db.Audits.Where(audit => audit.Id == shard.AuditId).ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Weight, row => row.Weight), cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var taken = await ShardDeaths.Held(db, shard).ExecuteUpdateAsync(
            row => row.SetProperty(value => value.State, ShardState.Split).SetProperty(value => value.Deaths, shard.Deaths + 1).SetProperty(value => value.EndedAt, now)
                .SetProperty(value => value.ItemsDone, 0).SetProperty(value => value.ItemsFailed, 0),
            cancellationToken);
        if (taken == 0)
        {
            return;
        }

        var number = 1 + await db.Shards.Where(row => row.AuditId == shard.AuditId).MaxAsync(row => row.Number, cancellationToken);
        foreach (var part in (List<DatasetItem>[])[items[..half], items[half..]])
        {
            using var lines = new MemoryStream();
            await ManifestLines.WriteAsync(lines, part, cancellationToken);
            lines.Position = 0;
            await blobs.WriteAsync(ArtifactAddresses.Manifest(shard.AuditId, number), lines, cancellationToken);
            // The death that is behind both lets each run alone, so that one half cannot take the other with it, and the guilty one is halved at its next.
            db.Shards.Add(new ShardRow { AuditId = shard.AuditId, Number = number++, FirstItem = part[0].Index, Items = part.Count, Deaths = 1, NotBefore = now });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        CoordinatorMetrics.Ended("split");
        // A run that the broker still begins under the old lease finds nothing to die of.
        await blobs.DeleteAsync(ArtifactAddresses.Manifest(shard.AuditId, shard.Number), cancellationToken);
    }

    private async Task<List<DatasetItem>> ManifestAsync(ShardRow shard, CancellationToken cancellationToken)
    {
        await using var manifest = await blobs.OpenReadAsync(ArtifactAddresses.Manifest(shard.AuditId, shard.Number), cancellationToken);
        return await ManifestLines.ReadAsync(manifest, cancellationToken).ToListAsync(cancellationToken);
    }
}

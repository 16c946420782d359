using System.Security.Cryptography;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Datasets;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Plan;

/// <summary>
/// Cuts the dataset into shards: one manifest blob and one row each, then the mask banks and the plan that workers read.
/// Memory does not grow with the number of items. Planning again after a crash starts from nothing.
/// </summary>
public sealed class AuditPlanner(IBlobStore blobs, TimeProvider clock)
{
    /// <summary>Plans the audit and returns its number of items.</summary>
    /// <exception cref="UserErrorException">The dataset cannot be read, is empty, or does not fit the model.</exception>
    internal async Task<long> PlanAsync(AuditDb db, AuditRow audit, ModelDescription model, CancellationToken cancellationToken)
    {
        await db.Shards.Where(shard => shard.AuditId == audit.Id).ExecuteDeleteAsync(cancellationToken);
        var request = JsonSerializer.Deserialize<AuditRequest>(audit.Request, StorageJson.Options)!;
        var names = await OutputNames.ReadAsync(request.Model.Labels, model.Classes, cancellationToken);
        var dataset = await DatasetReader.OpenAsync(request.Dataset, names, cancellationToken);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var banks = new MaskBankSampler(request.Seed);
        var shard = new List<DatasetItem>(request.ShardSize);
        int number = 0;
        long items = 0;
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            items++;
            banks.Offer(item);
            shard.Add(item);
            if (shard.Count == request.ShardSize)
            {
                await WriteShardAsync(db, audit.Id, number++, shard, hash, cancellationToken);
            }
        }

        if (shard.Count > 0)
        {
            await WriteShardAsync(db, audit.Id, number, shard, hash, cancellationToken);
        }

        await banks.WriteAsync(blobs, audit.Id, request, model, dataset, cancellationToken);
        await WritePlanAsync(new AuditPlan
        {
            AuditId = audit.Id,
            Request = request,
            Model = model,
            ImageRoot = dataset.ImageRoot,
            MaskRoot = dataset.MaskRoot,
            OutputNames = names,
            Items = items,
            DatasetHash = Convert.ToHexStringLower(hash.GetHashAndReset()),
            Warnings = dataset.Summary.Warnings,
        }, cancellationToken);
        return items;
    }

    private async Task WriteShardAsync(AuditDb db, Guid auditId, int number, List<DatasetItem> items, IncrementalHash hash, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        await ManifestLines.WriteAsync(lines, items, cancellationToken);
        hash.AppendData(lines.GetBuffer(), 0, (int)lines.Length);
        lines.Position = 0;
        await blobs.WriteAsync(ArtifactAddresses.Manifest(auditId, number), lines, cancellationToken);

        db.Shards.Add(new ShardRow { AuditId = auditId, Number = number, State = ShardState.Pending, FirstItem = items[0].Index, Items = items.Count, NotBefore = clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(cancellationToken);
        // Only the audit's own row stays tracked, so that memory does not grow with the number of shards.
        foreach (var entry in db.ChangeTracker.Entries<ShardRow>().ToList())
        {
            entry.State = EntityState.Detached;
        }

        items.Clear();
    }

    private async Task WritePlanAsync(AuditPlan plan, CancellationToken cancellationToken)
    {
        await blobs.WriteJsonAsync(ArtifactAddresses.Plan(plan.AuditId), plan, cancellationToken);
        var manifest = AuditManifest.Of(plan, clock.GetUtcNow(), plan.Model.Device, ComponentVersions.With(plan.Model.TorchVersion));
        await blobs.WriteJsonAsync(ArtifactAddresses.AuditManifest(plan.AuditId), manifest, cancellationToken);
    }
}

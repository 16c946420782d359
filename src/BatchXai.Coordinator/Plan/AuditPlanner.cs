using System.Security.Cryptography;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Plan;

/// <summary>
/// Cuts the dataset into shards: one manifest blob and one row each, then the mask banks and the plan that workers read.
/// Memory does not grow with the number of items. Planning again after a crash starts from nothing.
/// </summary>
public sealed class AuditPlanner(DatabaseDialect dialect, IBlobStore blobs, SourceLocations locations, TimeProvider clock)
{
    /// <summary>Plans the audit and returns its number of items.</summary>
    /// <exception cref="UserErrorException">The dataset cannot be read, is empty, or does not fit the model.</exception>
    internal async Task<long> PlanAsync(AuditDb db, AuditRow audit, ModelDescription model, CancellationToken cancellationToken)
    {
        await db.Shards.Where(shard => shard.AuditId == audit.Id).ExecuteDeleteAsync(cancellationToken);
        await dialect.AddAuditAsync(db, audit.Id, cancellationToken);
        var request = JsonSerializer.Deserialize<AuditRequest>(audit.Request, StorageJson.Options)!;
        var names = await OutputNames.ReadAsync(locations, request.Model.Labels, model.Classes, cancellationToken);
        var dataset = await DatasetReader.OpenAsync(request.Dataset, names, locations, cancellationToken);

        var banks = new MaskBankSampler(request.Seed);
        using var shards = new ShardWriter(db, blobs, audit.Id, request.ShardSize, clock.GetUtcNow().UtcDateTime);
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            banks.Offer(item);
            await shards.AddAsync(item, cancellationToken);
        }

        var hash = await shards.CompleteAsync(cancellationToken);
        await banks.WriteAsync(blobs, locations, audit.Id, request, model, dataset, cancellationToken);
        await WritePlanAsync(new AuditPlan
        {
            AuditId = audit.Id,
            Request = request,
            Model = model,
            ImageRoot = dataset.ImageRoot,
            MaskRoot = dataset.MaskRoot,
            OutputNames = names,
            Items = shards.Items,
            DatasetHash = hash,
            Warnings = dataset.Summary.Warnings,
        }, cancellationToken);
        return shards.Items;
    }

    private async Task WritePlanAsync(AuditPlan plan, CancellationToken cancellationToken)
    {
        await blobs.WriteJsonAsync(ArtifactAddresses.Plan(plan.AuditId), plan, cancellationToken);
        var manifest = AuditManifest.Of(plan, clock.GetUtcNow(), plan.Model.Device, ComponentVersions.With(plan.Model.TorchVersion));
        await blobs.WriteJsonAsync(ArtifactAddresses.AuditManifest(plan.AuditId), manifest, cancellationToken);
    }
}

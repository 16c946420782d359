using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Own;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Plan;

/// <summary>
/// Cuts the dataset into shards: one manifest blob and one row each, then the mask banks, the donors and the plan that workers read.
/// Memory does not grow with the number of items. Planning again after a crash starts from nothing.
/// </summary>
public sealed class AuditPlanner(DatabaseDialect dialect, IBlobStore blobs, SourceLocations locations, TimeProvider clock)
{
    /// <summary>Plans the audit and returns its number of items.</summary>
    /// <exception cref="UserErrorException">The dataset cannot be read, is empty, or does not fit the model.</exception>
    /// <exception cref="ClaimLostException">The audit is held no longer; nothing of it was changed since.</exception>
    internal async Task<long> PlanAsync(AuditDb db, AuditClaim claim, AuditRow audit, ModelDescription model, CancellationToken cancellationToken)
    {
        using var shards = new ShardWriter(db, blobs, claim, clock);
        await shards.BeginAsync(cancellationToken);
        await dialect.AddAuditAsync(db, audit.Id, cancellationToken);
        var request = JsonSerializer.Deserialize<AuditRequest>(audit.Request, StorageJson.Options)!;
        var names = await OutputNames.ReadAsync(locations, request.Model.Labels, model.Classes, cancellationToken);
        var dataset = await DatasetReader.OpenAsync(request.Dataset, names, locations, cancellationToken);

        var banks = new MaskBankSampler(request.Seed);
        var donors = new DonorSampler(request.Seed);
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            banks.Offer(item);
            donors.Offer(item);
            if (request.Dataset.Item is null || item.Id == request.Dataset.Item)
            {
                await shards.AddAsync(item, request.ShardSize, cancellationToken);
            }
        }

        var hash = await shards.CompleteAsync(cancellationToken);
        await banks.WriteAsync(blobs, locations, audit.Id, request, model, dataset, cancellationToken);
        if (request.Causal != CausalChoice.Off)
        {
            await donors.WriteAsync(blobs, audit.Id, cancellationToken);
        }

        await WritePlanAsync(new AuditPlan
        {
            AuditId = audit.Id,
            Request = request,
            Model = model,
            ImageRoot = dataset.ImageRoot,
            MaskRoot = dataset.MaskRoot,
            OutputNames = names,
            Items = shards.Items,
            CausalShare = CausalSample.Share(request.Causal, donors.WithObject),
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

using BatchXai.Attribution.Measures;
using BatchXai.Contracts.Audits;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;
using BatchXai.Storage.Locations;
using BatchXai.Worker.Causal;

namespace BatchXai.Worker.Explain;

/// <summary>What a worker keeps between the shards of one audit: plan, mask banks, donors, and where images and masks are read from.</summary>
internal sealed record AuditFiles(
    AuditPlan Plan, IReadOnlyDictionary<string, MaskBank> Banks, IReadOnlyDictionary<string, DonorBank> Donors, DonorImages DonorImages, IBlobStore Images, IBlobStore? Masks)
{
    public static async Task<AuditFiles> ReadAsync(Guid auditId, IBlobStore blobs, SourceLocations locations, CancellationToken cancellationToken)
    {
        var plan = await blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(auditId), cancellationToken);
        var banks = new Dictionary<string, MaskBank>();
        await foreach (var address in blobs.ListAsync(ArtifactAddresses.MaskBanks(auditId), cancellationToken))
        {
            await using var file = await blobs.OpenReadAsync(address, cancellationToken);
            var entries = await MaskBankFile.ReadAsync(file, cancellationToken);
            banks[address] = new MaskBank(MaskBankFile.Grid, [.. entries.Select(entry => new Attribution.Measures.MaskBankEntry(entry.Item, entry.Area, entry.Mask))]);
        }

        var (images, masks) = (locations.Open(plan.ImageRoot), plan.MaskRoot is null ? null : locations.Open(plan.MaskRoot));
        return new(plan, banks, await DonorBank.ReadAllAsync(plan, blobs, cancellationToken), new DonorImages(plan, images, masks), images, masks);
    }
}

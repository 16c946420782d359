using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Record;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Reap;

/// <summary>Records the one item of a shard as failed, as a worker would have: a run of its own with one row.</summary>
internal sealed class DeadItem(IBlobStore blobs, ShardRecorder recorder)
{
    public async Task RecordAsync(AuditDb db, ShardRow shard, int deaths, CancellationToken cancellationToken)
    {
        await using var manifest = await blobs.OpenReadAsync(ArtifactAddresses.Manifest(shard.AuditId, shard.Number), cancellationToken);
        var item = await ManifestLines.ReadAsync(manifest, cancellationToken).SingleAsync(cancellationToken);
        ItemResult row = new()
        {
            Item = item.Index,
            ItemId = item.Id,
            Label = item.Label,
            Split = item.Split,
            Group = item.Group,
            Metadata = MetadataText.Of(item.Metadata),
            Outcome = ItemOutcome.Failed,
            MaskKind = item.Mask is not null ? MaskKind.Mask : item.Boxes is { Count: > 0 } ? MaskKind.Boxes : MaskKind.None,
            Detail = $"the worker's process ended or stood still {deaths} times while it explained this item",
        };
        var run = Guid.CreateVersion7();
        using var table = new MemoryStream();
        await ItemsParquet.WriteAsync(table, [row], cancellationToken);
        table.Position = 0;
        await blobs.WriteAsync(ArtifactAddresses.Items(shard.AuditId, shard.Number, run), table, cancellationToken);
        if (await recorder.CommitAsync(db, ShardDeaths.Held(db, shard), new(shard.AuditId, shard.Number, run, shard.Worker ?? "none", 1, 0, new Dictionary<string, double>()), cancellationToken))
        {
            // A run that the broker still begins under this lease finds nothing to die of.
            await blobs.DeleteAsync(ArtifactAddresses.Manifest(shard.AuditId, shard.Number), cancellationToken);
        }
    }
}

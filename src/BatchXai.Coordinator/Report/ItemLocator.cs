using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Report;

/// <summary>Finds the manifest line and the shard of single items.</summary>
/// <param name="plan">The audit.</param>
/// <param name="blobs">Where its manifest lies.</param>
/// <param name="shards">The shards that are done.</param>
internal sealed class ItemLocator(AuditPlan plan, IBlobStore blobs, IReadOnlyCollection<int> shards)
{
    /// <summary>Item → shard and manifest line, for those that lie in a shard that is done.</summary>
    public async Task<IReadOnlyDictionary<long, LocatedItem>> FindAsync(IReadOnlyCollection<long> items, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, LocatedItem>();
        // Shards are consecutive until one is split: the likely ones first, the others only for what is then missing.
        var likely = items.Select(item => (int)(item / Math.Max(1, plan.Request.ShardSize))).Where(shards.Contains).Distinct().Order().ToList();
        foreach (var shard in likely.Concat(shards.Except(likely).Order()))
        {
            if (found.Count == items.Count)
            {
                break;
            }

            await ReadAsync(shard, items, found, cancellationToken);
        }

        return found;
    }

    private async Task ReadAsync(int shard, IReadOnlyCollection<long> items, Dictionary<long, LocatedItem> found, CancellationToken cancellationToken)
    {
        try
        {
            await using var manifest = await blobs.OpenReadAsync(ArtifactAddresses.Manifest(plan.AuditId, shard), cancellationToken);
            await foreach (var item in ManifestLines.ReadAsync(manifest, cancellationToken))
            {
                if (items.Contains(item.Index))
                {
                    found[item.Index] = new LocatedItem(shard, item);
                }
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // A lost manifest costs its pictures, not the report.
        }
    }
}

/// <summary>An item and the shard that holds it.</summary>
/// <param name="Shard">Number of the shard.</param>
/// <param name="Item">Its manifest line.</param>
internal sealed record LocatedItem(int Shard, DatasetItem Item);

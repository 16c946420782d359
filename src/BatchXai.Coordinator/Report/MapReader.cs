using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Report;

/// <summary>Reads the stored heatmaps of the runs that count.</summary>
/// <param name="auditId">The audit.</param>
/// <param name="blobs">Where its artifacts lie.</param>
/// <param name="runs">Shard → the run that won it.</param>
internal sealed class MapReader(Guid auditId, IBlobStore blobs, IReadOnlyDictionary<int, Guid> runs)
{
    private const long MostMaps = 50_000;

    /// <summary>Hands out the usable heatmaps of one method × target with their rows, from all shards or, beyond 50,000 items, from an even share of them.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="target">"predicted" or "label".</param>
    /// <param name="items">Items of the audit.</param>
    /// <param name="take">Takes one heatmap.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task ReadAsync(string method, string target, long items, Action<ItemResult, StoredMap> take, CancellationToken cancellationToken)
    {
        var step = (int)Math.Max(1, (items + MostMaps - 1) / MostMaps);
        foreach (var (shard, run) in runs.OrderBy(pair => pair.Key).Where((_, place) => place % step == 0))
        {
            try
            {
                await ReadAsync(shard, run, method, target, take, cancellationToken);
            }
            catch (Exception lost) when (lost is InvalidDataException or ArgumentOutOfRangeException || (lost is IOException and not BlobsUnavailableException))
            {
                // Lost heatmaps cost their part of a picture, not the report.
            }
        }
    }

    private async Task ReadAsync(int shard, Guid run, string method, string target, Action<ItemResult, StoredMap> take, CancellationToken cancellationToken)
    {
        await using var maps = await NpyReader.OpenAsync(await blobs.OpenReadAsync(ArtifactAddresses.Maps(auditId, shard, run, method), cancellationToken), cancellationToken);
        await using var items = await blobs.OpenReadAsync(ArtifactAddresses.Items(auditId, shard, run), cancellationToken);
        await foreach (var row in ItemsParquet.ReadAsync(items, cancellationToken))
        {
            if (row.Method == method && row is { Status: HeatmapStatus.Ok, MapRow: { } place } && row.Target == target)
            {
                take(row, new(maps.Height, maps.Width, await maps.ReadRowAsync(place, cancellationToken)));
            }
        }
    }
}

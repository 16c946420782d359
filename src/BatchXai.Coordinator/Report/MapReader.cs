using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Report;

/// <summary>Reads the stored heatmaps of the runs that count, and means them by class.</summary>
/// <param name="auditId">The audit.</param>
/// <param name="blobs">Where its artifacts lie.</param>
/// <param name="runs">Shard → the run that won it.</param>
internal sealed class MeanMapReader(Guid auditId, IBlobStore blobs, IReadOnlyDictionary<int, Guid> runs)
{
    private const long MostMaps = 50_000;

    /// <summary>Mean maps of one method × target, from all shards or, beyond 50,000 items, from an even share of them; null when no heatmap is stored.</summary>
    public async Task<MeanMaps?> ReadAsync(string method, string target, long items, CancellationToken cancellationToken)
    {
        MeanMapSums? sums = null;
        var step = (int)Math.Max(1, (items + MostMaps - 1) / MostMaps);
        foreach (var (shard, run) in runs.OrderBy(pair => pair.Key).Where((_, place) => place % step == 0))
        {
            try
            {
                sums = await ReadAsync(shard, run, method, target, sums, cancellationToken);
            }
            catch (Exception lost) when (lost is InvalidDataException or ArgumentOutOfRangeException || (lost is IOException and not BlobsUnavailableException))
            {
                // Lost heatmaps cost their part of a picture, not the report.
            }
        }

        return sums?.Means(method, target);
    }

    private async Task<MeanMapSums?> ReadAsync(int shard, Guid run, string method, string target, MeanMapSums? sums, CancellationToken cancellationToken)
    {
        await using var maps = await NpyReader.OpenAsync(await blobs.OpenReadAsync(ArtifactAddresses.Maps(auditId, shard, run, method), cancellationToken), cancellationToken);
        await using var items = await blobs.OpenReadAsync(ArtifactAddresses.Items(auditId, shard, run), cancellationToken);
        sums ??= new MeanMapSums(maps.Height, maps.Width);
        if (sums.SourceSize != (maps.Height, maps.Width))
        {
            return sums;
        }

        await foreach (var row in ItemsParquet.ReadAsync(items, cancellationToken))
        {
            if (row.Method == method && row is { Status: HeatmapStatus.Ok, MapRow: { } place } && row.Target == target && (row.Label ?? row.PredictedName) is { } name)
            {
                sums.Add(name, await maps.ReadRowAsync(place, cancellationToken));
            }
        }

        return sums;
    }
}

using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;
using BatchXai.Worker.Encode;

namespace BatchXai.Worker.Store;

/// <summary>
/// The files of one run of one shard, under the run's own address, so that a run that comes too late overwrites nothing. Heatmaps grow in
/// temporary files: memory holds the rows only.
/// </summary>
internal sealed class ShardArtifacts(ExplainShard shard, Guid runId, IBlobStore blobs, ShardProgress progress) : IAsyncDisposable
{
    private readonly List<ItemResult> rows = [];
    private readonly Dictionary<string, (NpyWriter Writer, FileStream File)> maps = [];
    private int items;

    public async Task AddAsync(IReadOnlyList<EncodedItem> encoded, CancellationToken cancellationToken)
    {
        items += encoded.Count;
        foreach (var row in encoded.SelectMany(item => item.Rows))
        {
            rows.Add(row.Result with { MapRow = row.Map is { } map ? await AppendAsync(row.Result.Method!, map, cancellationToken) : null });
            if (row.Overlay is { } overlay)
            {
                WorkerMetrics.Stored(overlay.Length);
                await blobs.WriteAsync(ArtifactAddresses.Overlay(shard.AuditId, shard.Shard, runId, row.Result.Item, row.Result.Method!, row.Result.Target!), overlay, cancellationToken);
                progress.Move();
            }
        }
    }

    /// <summary>
    /// Stores the heatmaps, the causal rows with their evidence and the sanity checks, if any, then the rows: where <c>items.parquet</c> is, everything is. Returns the number of items.
    /// </summary>
    public async Task<int> CompleteAsync(IReadOnlyList<CausalResult> causal, IReadOnlyList<DrawnEvidence> evidence, SanityResult? sanity, CancellationToken cancellationToken)
    {
        foreach (var (method, (writer, file)) in maps)
        {
            await writer.CompleteAsync(cancellationToken);
            WorkerMetrics.Stored(file.Length);
            file.Position = 0;
            await blobs.WriteAsync(ArtifactAddresses.Maps(shard.AuditId, shard.Shard, runId, method), file, cancellationToken);
            progress.Move();
        }

        if (causal.Count > 0)
        {
            await StoreAsync(ArtifactAddresses.Causal(shard.AuditId, shard.Shard, runId), table => CausalParquet.WriteAsync(table, causal, cancellationToken), cancellationToken);
        }

        if (evidence.Count > 0)
        {
            await StoreAsync(evidence, cancellationToken);
        }

        if (sanity is not null)
        {
            await blobs.WriteJsonAsync(ArtifactAddresses.Sanity(shard.AuditId, shard.Shard, runId), sanity, cancellationToken);
        }

        await StoreAsync(ArtifactAddresses.Items(shard.AuditId, shard.Shard, runId), table => ItemsParquet.WriteAsync(table, rows, cancellationToken), cancellationToken);
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, file) in maps.Values)
        {
            await file.DisposeAsync();
        }
    }

    /// <summary>The pictures first: what <c>evidence.json</c> names is there.</summary>
    private async Task StoreAsync(IReadOnlyList<DrawnEvidence> evidence, CancellationToken cancellationToken)
    {
        foreach (var (name, picture) in evidence.SelectMany(drawn => drawn.Pictures))
        {
            WorkerMetrics.Stored(picture.Length);
            await blobs.WriteAsync(ArtifactAddresses.Run(shard.AuditId, shard.Shard, runId) + name, picture, cancellationToken);
            progress.Move();
        }

        await blobs.WriteJsonAsync(ArtifactAddresses.Evidence(shard.AuditId, shard.Shard, runId), evidence.Select(drawn => drawn.Evidence).ToList(), cancellationToken);
    }

    private async Task StoreAsync(string address, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        using var table = new MemoryStream();
        await write(table);
        WorkerMetrics.Stored(table.Length);
        table.Position = 0;
        await blobs.WriteAsync(address, table, cancellationToken);
    }

    private async Task<int> AppendAsync(string method, StoredMap map, CancellationToken cancellationToken)
    {
        if (!maps.TryGetValue(method, out var growing))
        {
            var file = TemporaryFile();
            maps[method] = growing = (new NpyWriter(file, NpyType.Float16, map.Height, map.Width), file);
        }

        return (int)await growing.Writer.AppendAsync(map.Values, cancellationToken);
    }

    private static FileStream TemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}

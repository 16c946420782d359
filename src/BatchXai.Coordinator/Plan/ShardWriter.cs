using System.Security.Cryptography;
using BatchXai.Contracts.Datasets;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Plan;

/// <summary>Writes items as they come into manifests, a few at once, and shard rows, many at once.</summary>
/// <param name="db">Tracks nothing that is to be kept.</param>
/// <param name="blobs">Where the manifests go.</param>
/// <param name="auditId">The audit.</param>
/// <param name="shardSize">Items in one shard.</param>
/// <param name="now">From when on the shards may be dispatched, UTC.</param>
internal sealed class ShardWriter(AuditDb db, IBlobStore blobs, Guid auditId, int shardSize, DateTime now) : IDisposable
{
    private const int ManifestsAtOnce = 8;
    private const int RowsAtOnce = 500;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<Task> writing = [];
    private MemoryStream lines = new();
    private long first;
    private int count;
    private int number;
    private int rows;

    /// <summary>Items so far.</summary>
    public long Items { get; private set; }

    public async Task AddAsync(DatasetItem item, CancellationToken cancellationToken)
    {
        first = count == 0 ? item.Index : first;
        lines.Write(ManifestLines.Line(item));
        (count, Items) = (count + 1, Items + 1);
        if (count == shardSize)
        {
            await EndShardAsync(cancellationToken);
        }
    }

    /// <summary>Waits until everything is written. Returns the dataset's hash, lower-case hexadecimal.</summary>
    public async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        if (count > 0)
        {
            await EndShardAsync(cancellationToken);
        }

        await Task.WhenAll(writing);
        await SaveAsync(cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        hash.Dispose();
        lines.Dispose();
    }

    private async Task EndShardAsync(CancellationToken cancellationToken)
    {
        hash.AppendData(lines.GetBuffer(), 0, (int)lines.Length);
        db.Shards.Add(new ShardRow { AuditId = auditId, Number = number, FirstItem = first, Items = count, NotBefore = now });
        if (writing.Count == ManifestsAtOnce)
        {
            await writing.Dequeue();
        }

        writing.Enqueue(WriteAsync(lines, number, cancellationToken));
        (lines, count, number, rows) = (new(), 0, number + 1, rows + 1);
        if (rows == RowsAtOnce)
        {
            await SaveAsync(cancellationToken);
        }
    }

    private async Task WriteAsync(MemoryStream manifest, int shard, CancellationToken cancellationToken)
    {
        await using (manifest)
        {
            manifest.Position = 0;
            await blobs.WriteAsync(ArtifactAddresses.Manifest(auditId, shard), manifest, cancellationToken);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        rows = 0;
    }
}

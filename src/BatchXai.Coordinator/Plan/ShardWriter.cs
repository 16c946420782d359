using System.Security.Cryptography;
using BatchXai.Contracts.Datasets;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Own;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Plan;

/// <summary>
/// Writes items as they come into manifests, a few at once, and shard rows, many at once. Rows are written only while the audit is held: a planner that stood
/// still adds nothing to what its successor writes. What it writes into manifests is the same.
/// </summary>
/// <param name="db">Tracks nothing that is to be kept.</param>
/// <param name="blobs">Where the manifests go.</param>
/// <param name="claim">The hold on the audit.</param>
/// <param name="clock">The shards may be dispatched from now on.</param>
internal sealed class ShardWriter(AuditDb db, IBlobStore blobs, AuditClaim claim, TimeProvider clock) : IDisposable
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

    /// <summary>Removes the rows that an earlier planner left.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) =>
        HeldAsync(() => db.Shards.Where(shard => shard.AuditId == claim.AuditId).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Adds an item to the present shard, which ends with so many.</summary>
    public async Task AddAsync(DatasetItem item, int shardSize, CancellationToken cancellationToken)
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
        db.Shards.Add(new ShardRow { AuditId = claim.AuditId, Number = number, FirstItem = first, Items = count, NotBefore = clock.GetUtcNow().UtcDateTime });
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
            await blobs.WriteAsync(ArtifactAddresses.Manifest(claim.AuditId, shard), manifest, cancellationToken);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await HeldAsync(() => db.SaveChangesAsync(cancellationToken), cancellationToken);
        db.ChangeTracker.Clear();
        rows = 0;
    }

    private async Task HeldAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await claim.RenewAsync(db, clock, cancellationToken))
        {
            throw new ClaimLostException();
        }

        await write();
        await transaction.CommitAsync(cancellationToken);
    }
}

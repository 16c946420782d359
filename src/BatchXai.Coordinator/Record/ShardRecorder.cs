using System.Text.Json;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Observe;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Record;

/// <summary>The one transaction that counts a shard: the row goes to done if this run may still win it, and the run's rows are copied.</summary>
internal sealed class ShardRecorder(DatabaseDialect dialect, IBlobStore blobs, AuditSignal signal, TimeProvider clock)
{
    /// <summary>True when the run was counted; false when another was, or the audit has ended.</summary>
    /// <param name="db">A context without a transaction.</param>
    /// <param name="winnable">The shard's row, while this run may win it.</param>
    /// <param name="run">The run, whose artifacts are stored.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="FileNotFoundException">The run's rows are not there.</exception>
    /// <exception cref="InvalidDataException">They cannot be read, or are not of the shard's items.</exception>
    public async Task<bool> CommitAsync(AuditDb db, IQueryable<ShardRow> winnable, CountedRun run, CancellationToken cancellationToken)
    {
        if (await winnable.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } shard)
        {
            return false;
        }

        // Read before the transaction begins, so that no row is locked while the store is slow to answer; and whole, because its columns are read piece by piece.
        using var file = new MemoryStream(await blobs.ReadAsync(ArtifactAddresses.Items(run.AuditId, run.Shard, run.RunId), cancellationToken), writable: false);
        using var causal = run.CausalRows == 0 ? null : new MemoryStream(await blobs.ReadAsync(ArtifactAddresses.Causal(run.AuditId, run.Shard, run.RunId), cancellationToken), writable: false);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (stages, now) = (JsonSerializer.Serialize(run.StageSeconds), clock.GetUtcNow().UtcDateTime);
        var won = await winnable.ExecuteUpdateAsync(
            row => row.SetProperty(value => value.State, ShardState.Done).SetProperty(value => value.RunId, run.RunId).SetProperty(value => value.Worker, run.Worker)
                .SetProperty(value => value.ItemsDone, value => value.Items).SetProperty(value => value.ItemsFailed, run.ItemsFailed)
                .SetProperty(value => value.StageSeconds, stages).SetProperty(value => value.Error, (string?)null).SetProperty(value => value.EndedAt, now),
            cancellationToken);
        if (won == 0)
        {
            return false;
        }

        var rows = 0;
        await dialect.WriteItemsAsync(db, run.AuditId, run.Shard, Counted(ItemsParquet.ReadAsync(file, cancellationToken)), cancellationToken);
        if (causal is not null)
        {
            await dialect.WriteCausalAsync(db, run.AuditId, run.Shard, Complete(CausalParquet.ReadAsync(causal, cancellationToken)), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        CoordinatorMetrics.RowsCommitted(rows);
        CoordinatorMetrics.Ended("done");
        signal.Raise();
        return true;

        async IAsyncEnumerable<CausalResult> Complete(IAsyncEnumerable<CausalResult> results)
        {
            var found = 0;
            await foreach (var result in results)
            {
                found++;
                yield return result;
            }

            if (found != run.CausalRows)
            {
                throw new InvalidDataException($"its causal tests have {found} rows, and the worker told of {run.CausalRows}");
            }
        }

        // The counts of an audit add up to its manifest, whatever a worker writes.
        async IAsyncEnumerable<ItemResult> Counted(IAsyncEnumerable<ItemResult> results)
        {
            var (items, last) = (0, -1L);
            await foreach (var result in results)
            {
                (items, last) = (result.Item == last ? items : items + 1, result.Item);
                rows++;
                yield return result;
            }

            if (items != shard.Items)
            {
                throw new InvalidDataException($"they are of {items} items, and the shard has {shard.Items}");
            }
        }
    }
}

/// <summary>A run that asks to be counted.</summary>
/// <param name="AuditId">The audit.</param>
/// <param name="Shard">The shard's number.</param>
/// <param name="RunId">The run.</param>
/// <param name="Worker">Who ran it.</param>
/// <param name="ItemsFailed">Items that could not be explained.</param>
/// <param name="CausalRows">Rows of the causal tests.</param>
/// <param name="StageSeconds">Busy seconds by stage.</param>
internal sealed record CountedRun(Guid AuditId, int Shard, Guid RunId, string Worker, int ItemsFailed, int CausalRows, IReadOnlyDictionary<string, double> StageSeconds);

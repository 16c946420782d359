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
    public async Task<bool> CommitAsync(AuditDb db, IQueryable<ShardRow> winnable, CountedRun run, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (stages, now) = (JsonSerializer.Serialize(run.StageSeconds), clock.GetUtcNow().UtcDateTime);
        var won = await winnable.ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Done).SetProperty(row => row.RunId, run.RunId).SetProperty(row => row.Worker, run.Worker)
                .SetProperty(row => row.ItemsDone, row => row.Items).SetProperty(row => row.ItemsFailed, run.ItemsFailed)
                .SetProperty(row => row.StageSeconds, stages).SetProperty(row => row.Error, (string?)null).SetProperty(row => row.EndedAt, now),
            cancellationToken);
        if (won == 0)
        {
            return false;
        }

        await using var file = await blobs.OpenReadAsync(ArtifactAddresses.Items(run.AuditId, run.Shard, run.RunId), cancellationToken);
        var rows = 0;
        await dialect.WriteItemsAsync(db, run.AuditId, run.Shard, Counted(ItemsParquet.ReadAsync(file, cancellationToken)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        CoordinatorMetrics.RowsCommitted(rows);
        CoordinatorMetrics.Ended("done");
        signal.Raise();
        return true;

        async IAsyncEnumerable<ItemResult> Counted(IAsyncEnumerable<ItemResult> results)
        {
            await foreach (var result in results)
            {
                rows++;
                yield return result;
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
/// <param name="StageSeconds">Busy seconds by stage.</param>
internal sealed record CountedRun(Guid AuditId, int Shard, Guid RunId, string Worker, int ItemsFailed, IReadOnlyDictionary<string, double> StageSeconds);

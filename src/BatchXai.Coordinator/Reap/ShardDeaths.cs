using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Reap;

/// <summary>
/// What becomes of a shard whose run died with its process. It runs again; after the second death it is split in halves, so that an item that kills is alone in the
/// end; such an item is recorded as failed at the third death, and the audit goes on.
/// </summary>
internal sealed class ShardDeaths(ShardSplit split, DeadItem deadItem, AuditSignal signal, TimeProvider clock)
{
    private const int DeathsUntilSplit = 2;
    private const int DeathsUntilFailed = 3;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    /// <summary>Records the death of the run that holds the shard's lease, if it still does.</summary>
    public async Task RecordAsync(AuditDb db, ShardRow shard, CancellationToken cancellationToken)
    {
        var deaths = shard.Deaths + 1;
        if (shard.Items > 1 && deaths >= DeathsUntilSplit)
        {
            await split.SplitAsync(db, shard, cancellationToken);
        }
        else if (shard.Items == 1 && deaths >= DeathsUntilFailed)
        {
            await deadItem.RecordAsync(db, shard, deaths, cancellationToken);
        }
        else
        {
            var notBefore = clock.GetUtcNow().UtcDateTime + BackOff;
            await Held(db, shard).ExecuteUpdateAsync(
                row => row.SetProperty(value => value.State, ShardState.Pending).SetProperty(value => value.Deaths, deaths).SetProperty(value => value.NotBefore, notBefore).SetProperty(value => value.Attempt, value => value.Attempt - 1)
                    .SetProperty(value => value.ItemsDone, 0).SetProperty(value => value.ItemsFailed, 0),
                cancellationToken);
        }

        signal.Raise();
    }

    /// <summary>The shard, while nothing has happened to it since it was read.</summary>
    internal static IQueryable<ShardRow> Held(AuditDb db, ShardRow shard) =>
        db.Shards.InFlight().Where(row => row.AuditId == shard.AuditId && row.Number == shard.Number && row.LeaseId == shard.LeaseId && row.RunId == shard.RunId);
}

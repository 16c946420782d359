using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Observe;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Reap;

/// <summary>Takes back leases that lead nowhere: messages that never reached the broker, were lost there, or whose run fell silent.</summary>
internal sealed partial class ShardReaper(ShardDeaths deaths, LostMessages lost, Hearing hearing, DispatchOptions options, AuditSignal signal, TimeProvider clock, ILogger<ShardReaper> logger)
{
    /// <summary>Silent runs that are dealt with in one step; the others follow a second later.</summary>
    private const int Together = 256;

    /// <summary>From lease to confirmation takes milliseconds; a coordinator died in between, or the broker.</summary>
    private static readonly TimeSpan ConfirmLimit = TimeSpan.FromSeconds(10);

    public async Task StepAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var taken = await TakeUnconfirmedAsync(db, now, cancellationToken);
        if (await hearing.SinceAsync(cancellationToken) is { } since)
        {
            taken += await lost.TakeBackAsync(db, since, cancellationToken);
            if (since < now - options.Silence)
            {
                await BuryAsync(db, now - options.Silence, cancellationToken);
            }
        }
        else
        {
            lost.Forget();
        }

        if (taken > 0)
        {
            signal.Raise();
        }
    }

    /// <summary>Perhaps the message is there all the same: then it comes under an old lease. Nothing is held against the shard.</summary>
    private async Task<int> TakeUnconfirmedAsync(AuditDb db, DateTime now, CancellationToken cancellationToken)
    {
        var limit = now - ConfirmLimit;
        var taken = await db.Shards.Where(shard => shard.State == ShardState.Dispatched && shard.ConfirmedAt == null && shard.DispatchedAt < limit).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.NotBefore, now).SetProperty(row => row.Attempt, row => row.Attempt - 1), cancellationToken);
        if (taken > 0)
        {
            CoordinatorMetrics.LeasesLost(taken);
            Log.Unconfirmed(logger, taken);
        }

        return taken;
    }

    private async Task BuryAsync(AuditDb db, DateTime silentSince, CancellationToken cancellationToken)
    {
        foreach (var shard in await db.Shards.AsNoTracking().Where(shard => shard.State == ShardState.Running && shard.HeartbeatAt < silentSince)
            .OrderBy(shard => shard.HeartbeatAt).Take(Together).ToListAsync(cancellationToken))
        {
            Log.Silent(logger, shard.Number, shard.AuditId, shard.Worker);
            CoordinatorMetrics.LeasesLost(1);
            await deaths.RecordAsync(db, shard, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Warning, "The run of shard {Shard} of audit {AuditId} by {Worker} fell silent")]
        public static partial void Silent(ILogger logger, int shard, Guid auditId, string? worker);

        [LoggerMessage(311, LogLevel.Warning, "The messages of {Count} shard(s) were never confirmed by the broker; they are sent again")]
        public static partial void Unconfirmed(ILogger logger, int count);
    }
}

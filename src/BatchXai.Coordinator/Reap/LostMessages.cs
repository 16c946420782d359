using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Observe;
using BatchXai.Hosting.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Reap;

/// <summary>
/// Finds shards whose message the broker had and has no longer, without a worker having begun: the queue was purged, or no worker can read the message. That
/// messages wait, however long, is no loss: there may be no worker, or each may be busy for hours.
/// </summary>
internal sealed partial class LostMessages(IQueueDepth queues, DispatchOptions options, TimeProvider clock, ILogger<LostMessages> logger)
{
    /// <summary>A shard whose messages get lost again and again is given up.</summary>
    private const int MostLeases = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(10);

    /// <summary>Of two messages that were confirmed so far apart, the queue gives out the older one first.</summary>
    private static readonly TimeSpan Order = TimeSpan.FromMinutes(1);

    private DateTime? quietSince;

    /// <summary>Nothing is known of the queue meanwhile.</summary>
    public void Forget() => quietSince = null;

    /// <summary>Lets lost shards wait for another lease, or gives them up. Returns how many there were.</summary>
    public async Task<int> TakeBackAsync(AuditDb db, DateTime heardSince, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var patience = options.Silence < Patience ? options.Silence : Patience;
        quietSince = await IsQuietAsync(db, cancellationToken) ? quietSince ?? now : null;
        if (quietSince is { } quiet)
        {
            return now - (quiet > heardSince ? quiet : heardSince) >= patience ? await TakeBackAsync(db, now - patience, now, cancellationToken) : 0;
        }

        var latest = await db.Shards.Where(shard => shard.State == ShardState.Running).MaxAsync(shard => shard.ConfirmedAt, cancellationToken) - Order;
        var late = now - LongPatience;
        return latest is null ? 0 : await TakeBackAsync(db, latest.Value < late ? latest.Value : late, now, cancellationToken);
    }

    /// <summary>No message waits. Where the queue cannot be asked: nothing runs.</summary>
    private async Task<bool> IsQuietAsync(AuditDb db, CancellationToken cancellationToken) =>
        await queues.ReadyAsync(Queues.Shards, cancellationToken) is { } ready ? ready == 0 : !await db.Shards.AnyAsync(shard => shard.State == ShardState.Running, cancellationToken);

    private async Task<int> TakeBackAsync(AuditDb db, DateTime confirmedBefore, DateTime now, CancellationToken cancellationToken)
    {
        const string Error = $"its message was lost again and again: no worker could read it. Look at the workers' logs and at the queue {Queues.Shards}_error.";
        var lost = db.Shards.Where(shard => shard.State == ShardState.Dispatched && shard.ConfirmedAt < confirmedBefore);
        var givenUp = await lost.Where(shard => shard.Attempt >= MostLeases).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Failed).SetProperty(row => row.Error, Error).SetProperty(row => row.EndedAt, now), cancellationToken);
        var again = await lost.ExecuteUpdateAsync(shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.NotBefore, now), cancellationToken);
        if (givenUp + again > 0)
        {
            CoordinatorMetrics.LeasesLost(givenUp + again);
            Log.Lost(logger, givenUp + again, givenUp);
        }

        return givenUp + again;
    }

    private static partial class Log
    {
        [LoggerMessage(312, LogLevel.Warning, "The messages of {Count} shard(s) are in no queue and with no worker; {GivenUp} of these shards are given up, the others are sent again")]
        public static partial void Lost(ILogger logger, int count, int givenUp);
    }
}

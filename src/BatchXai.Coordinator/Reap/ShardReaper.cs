using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Observe;
using BatchXai.Hosting.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Reap;

/// <summary>Takes back leases that lead nowhere: messages that never reached the broker, were lost there, or whose run fell silent.</summary>
internal sealed partial class ShardReaper(ShardDeaths deaths, IQueueDepth queues, BusPresence broker, DispatchHealth health, DispatchOptions options, TimeProvider clock, ILogger<ShardReaper> logger)
{
    /// <summary>A shard whose messages get lost again and again is given up: no worker can read them.</summary>
    private const int MostLeases = 10;
    private const int Together = 256;

    /// <summary>From lease to confirmation takes milliseconds; a coordinator died in between.</summary>
    private static readonly TimeSpan ConfirmLimit = TimeSpan.FromSeconds(10);

    /// <summary>A worker that has a message tells so at once, or hands it back after less.</summary>
    private static readonly TimeSpan LostLimit = TimeSpan.FromSeconds(30);

    /// <summary>While other messages wait in the queue, this one may wait among them.</summary>
    private static readonly TimeSpan QueuedLimit = TimeSpan.FromMinutes(10);

    public async Task StepAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await ReleaseAsync(db, db.Shards.Where(shard => shard.State == ShardState.Dispatched && shard.ConfirmedAt == null && shard.DispatchedAt < now - ConfirmLimit), "never confirmed", cancellationToken);

        // Whoever was cut off has heard nothing: silence counts only while this process has heard others.
        if (SinceBoth(broker.ConnectedSince, health.WorkingSince) is not { } since)
        {
            return;
        }

        if (since < now - Shorter(LostLimit, options.Silence))
        {
            var limit = await queues.ReadyAsync(Queues.Shards, cancellationToken) == 0 ? Shorter(LostLimit, options.Silence) : QueuedLimit;
            await ReleaseAsync(db, db.Shards.Where(shard => shard.State == ShardState.Dispatched && shard.ConfirmedAt < now - limit), "lost in the queue", cancellationToken);
        }

        if (since < now - options.Silence)
        {
            var silentSince = now - options.Silence;
            foreach (var shard in await db.Shards.AsNoTracking().Where(shard => shard.State == ShardState.Running && shard.HeartbeatAt < silentSince).Take(Together).ToListAsync(cancellationToken))
            {
                Log.Silent(logger, shard.Number, shard.AuditId, shard.Worker);
                CoordinatorMetrics.LeasesLost(1);
                await deaths.RecordAsync(db, shard, cancellationToken);
            }
        }
    }

    private async Task ReleaseAsync(AuditDb db, IQueryable<ShardRow> lost, string how, CancellationToken cancellationToken)
    {
        foreach (var shard in await lost.AsNoTracking().Take(Together).ToListAsync(cancellationToken))
        {
            var givenUp = shard.Attempt >= MostLeases;
            var (state, now) = (givenUp ? ShardState.Failed : ShardState.Pending, clock.GetUtcNow().UtcDateTime);
            var error = givenUp ? $"its message was lost {shard.Attempt} times: no worker could read it. Look at the workers' logs and at the queue {Queues.Shards}_error." : null;
            var released = await db.Shards.Where(row => row.AuditId == shard.AuditId && row.Number == shard.Number && row.LeaseId == shard.LeaseId && row.State == ShardState.Dispatched)
                .ExecuteUpdateAsync(row => row.SetProperty(value => value.State, state).SetProperty(value => value.NotBefore, now).SetProperty(value => value.Error, error), cancellationToken);
            if (released > 0)
            {
                CoordinatorMetrics.LeasesLost(1);
                Log.Lost(logger, shard.Number, shard.AuditId, how);
            }
        }
    }

    // The later of the two moments; null when either is missing.
    private static DateTime? SinceBoth(DateTimeOffset? broker, DateTimeOffset? steps) => broker is { } heard && steps is { } worked ? (heard > worked ? heard : worked).UtcDateTime : null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Warning, "The run of shard {Shard} of audit {AuditId} by {Worker} fell silent")]
        public static partial void Silent(ILogger logger, int shard, Guid auditId, string? worker);

        [LoggerMessage(311, LogLevel.Warning, "The message of shard {Shard} of audit {AuditId} was {How}; it is sent again")]
        public static partial void Lost(ILogger logger, int shard, Guid auditId, string how);
    }
}

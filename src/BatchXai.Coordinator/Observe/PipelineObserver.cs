using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Hosting.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Observe;

/// <summary>Looks every few seconds how full the pipeline is, for the gauges: a scrape must not wait for the database.</summary>
internal sealed partial class PipelineObserver(IDbContextFactory<AuditDb> databases, IQueueDepth queues, TimeProvider clock, ILogger<PipelineObserver> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A worker that has said nothing for so long does not count.</summary>
    private static readonly TimeSpan Presence = TimeSpan.FromSeconds(15);

    private static readonly ShardState[] Open = [ShardState.Pending, ShardState.Dispatched, ShardState.Running];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                CoordinatorMetrics.Observe(await LookAsync(stoppingToken));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // An old figure would look like a new one.
                CoordinatorMetrics.Observe(PipelineState.Unknown);
                Log.Blind(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Looks once.</summary>
    internal async Task<PipelineState> LookAsync(CancellationToken cancellationToken)
    {
        var depths = new Dictionary<string, long>();
        foreach (var queue in Queues.Work.Append(Queues.Dead))
        {
            if (await queues.ReadyAsync(queue, cancellationToken) is { } depth)
            {
                depths[queue] = depth;
            }
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = await db.Shards.Where(shard => Open.Contains(shard.State)).GroupBy(shard => shard.State)
            .Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var since = (clock.GetUtcNow() - Presence).UtcDateTime;
        var workers = await db.Workers.LongCountAsync(worker => worker.SeenAt > since, cancellationToken);
        return new(depths, Open.ToDictionary(state => state, state => seen.GetValueOrDefault(state)), workers);
    }

    private static partial class Log
    {
        [LoggerMessage(390, LogLevel.Debug, "The pipeline could not be looked at")]
        public static partial void Blind(ILogger logger, Exception exception);
    }
}

using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Reap;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>
/// Moves every audit on, again and again, from what the rows say: inspect → reap → dispatch → end. The tables are the outbox, so a crash between any two
/// steps loses nothing, and two coordinators may run it at once.
/// </summary>
internal sealed partial class CoordinatorLoop(
    IDbContextFactory<AuditDb> databases, InspectionDesk inspections, ShardReaper reaper, ShardDispatcher dispatcher, DispatchOptions options, AuditSignal signal, DispatchHealth health, TimeProvider clock, ILogger<CoordinatorLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReapEvery = TimeSpan.FromSeconds(1);
    private DateTimeOffset reapAt;

    /// <summary>One step over all audits. Returns whether another one would find work at once.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await inspections.StepAsync(db, cancellationToken);
        if (clock.GetUtcNow() >= reapAt)
        {
            await reaper.StepAsync(db, cancellationToken);
            reapAt = clock.GetUtcNow() + ReapEvery;
        }

        var sent = await dispatcher.StepAsync(db, cancellationToken);
        await EndAsync(db, cancellationToken);
        return sent > 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.NextAsync();
            var busy = false;
            try
            {
                busy = await StepAsync(stoppingToken);
                health.Worked();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                if (health.Failed(failure))
                {
                    Log.StepFailed(logger, failure);
                }

                next = Task.Delay(Tick, clock, stoppingToken); // Signals must not turn an outage into a storm.
            }

            await AuditSignal.RestAsync(busy ? Task.CompletedTask : next, Tick, clock, stoppingToken);
        }
    }

    /// <summary>Audits whose last shard has ended go on to their report, or end with what failed.</summary>
    private async Task EndAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var open = db.Shards.Open();
        var ended = await db.Audits.Where(audit => audit.State == AuditState.Running && !open.Any(shard => shard.AuditId == audit.Id))
            .Select(audit => audit.Id).ToListAsync(cancellationToken);
        foreach (var auditId in ended)
        {
            var failed = db.Shards.Where(shard => shard.AuditId == auditId && shard.State == ShardState.Failed);
            var count = await failed.CountAsync(cancellationToken);
            var errors = await failed.Select(shard => shard.Error).Distinct().OrderBy(error => error).Take(3).ToListAsync(cancellationToken);
            var error = count == 0 ? null : $"{count} shard(s) could not be explained: {string.Join(" | ", errors)}. What was done is kept; {(options.IsEmbedded ? "run the same audit again" : "retry the audit")} to run only these again.";
            await AuditEnd.MoveAsync(db, auditId, AuditState.Running, count == 0 ? AuditState.Reporting : AuditState.Failed, error, clock, cancellationToken);
            signal.Raise();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "A step over the audits failed; it is tried until it works")]
        public static partial void StepFailed(ILogger logger, Exception exception);
    }
}

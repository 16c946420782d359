using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Observe;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Telemetry;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>
/// Hands out shards: leases rows, sends their messages, marks what the broker has confirmed. A bounded window of shards in flight, shared by weight, keeps
/// the queue short: a new audit soon gets its share, and cancelling is quick.
/// </summary>
internal sealed partial class ShardDispatcher(DatabaseDialect dialect, IBus bus, BusPresence broker, DispatchOptions options, TimeProvider clock, ILogger<ShardDispatcher> logger)
{
    /// <summary>Messages sent at once: enough to hide the broker's confirmations.</summary>
    private const int Together = 256;
    private const int LeastWindow = 4;
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    /// <summary>Fills the window of every running audit. Returns the number of shards that the broker has taken.</summary>
    public async Task<int> StepAsync(AuditDb db, CancellationToken cancellationToken)
    {
        if (broker.ConnectedSince is null)
        {
            return 0;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var inFlight = db.Shards.InFlight();
        // Whether shards wait, not how many: there may be a million of them.
        var audits = (await db.Audits.Where(audit => audit.State == AuditState.Running).OrderBy(audit => audit.CreatedAt)
            .Select(audit => new
            {
                audit.Id,
                audit.Weight,
                audit.TraceParent,
                IsWaiting = db.Shards.Any(shard => shard.AuditId == audit.Id && shard.State == ShardState.Pending && shard.NotBefore <= now),
                InFlight = inFlight.Count(shard => shard.AuditId == audit.Id),
            }).ToListAsync(cancellationToken)).Where(audit => audit.IsWaiting || audit.InFlight > 0).ToList();
        if (!audits.Exists(audit => audit.IsWaiting))
        {
            return 0;
        }

        var (window, weights) = (await WindowAsync(db, now, cancellationToken), audits.Sum(audit => audit.Weight));
        var sent = 0;
        foreach (var audit in audits.Where(audit => audit.IsWaiting))
        {
            var share = Math.Max(1, (int)Math.Ceiling((double)audit.Weight / weights * window));
            for (var (free, more) = (share - audit.InFlight, true); free > 0 && more; free -= Together)
            {
                var wanted = Math.Min(free, Together);
                var taken = await SendAsync(db, audit.Id, audit.TraceParent, wanted, cancellationToken);
                (sent, more) = (sent + taken, taken == wanted);
            }
        }

        return sent;
    }

    private async Task<int> WindowAsync(AuditDb db, DateTime now, CancellationToken cancellationToken) =>
        options.Window ?? Math.Max(LeastWindow, 2 * await LiveWorkers.In(db, now).SumAsync(worker => worker.Slots, cancellationToken));

    private async Task<int> SendAsync(AuditDb db, Guid auditId, string? traceParent, int most, CancellationToken cancellationToken)
    {
        using var step = AuditTrace.Start("dispatch", auditId, traceParent);
        var leased = await dialect.LeaseShardsAsync(db, auditId, most, clock.GetUtcNow().UtcDateTime, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SendLimit);
        var confirmed = (await Task.WhenAll(leased.Select(shard => SendAsync(shard, limit.Token)))).OfType<ShardRow>().ToList();
        if (confirmed.Count > 0)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (numbers, leases) = (confirmed.Select(shard => shard.Number).ToList(), confirmed.Select(shard => shard.LeaseId).ToList());
            await db.Shards.Where(shard => shard.AuditId == auditId && numbers.Contains(shard.Number) && leases.Contains(shard.LeaseId))
                .ExecuteUpdateAsync(shard => shard.SetProperty(row => row.ConfirmedAt, now), cancellationToken);
            CoordinatorMetrics.DispatchConfirmed(confirmed.Count);
        }

        return confirmed.Count;
    }

    /// <summary>The shard, when the broker has confirmed its message; null: perhaps it has it, perhaps not.</summary>
    private async Task<ShardRow?> SendAsync(ShardRow shard, CancellationToken cancellationToken)
    {
        try
        {
            await bus.SendToAsync(Queues.Shards, new ExplainShard(shard.AuditId, shard.Number, shard.LeaseId!.Value, Alone: shard.Deaths > 0), cancellationToken);
            return shard;
        }
        catch (Exception failure)
        {
            Log.NotSent(logger, failure, shard.Number, shard.AuditId);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(302, LogLevel.Warning, "The broker has not confirmed shard {Shard} of audit {AuditId}; it is sent again")]
        public static partial void NotSent(ILogger logger, Exception exception, int shard, Guid auditId);
    }
}

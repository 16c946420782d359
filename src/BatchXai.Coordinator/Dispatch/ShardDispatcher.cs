using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage.Artifacts;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using System.Text.Json;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>
/// Moves every audit on by one step, again and again, from what the rows say: the tables are the outbox, so a crash between any two
/// steps loses nothing. A window of shards in flight keeps the queue short.
/// </summary>
internal sealed partial class ShardDispatcher(IDbContextFactory<AuditDb> databases, DatabaseDialect dialect, IBus bus, AuditReporter reporter, DispatchHealth health, TimeProvider clock, ILogger<ShardDispatcher> logger)
    : BackgroundService
{
    private const int Window = 4;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RecoverAsync(stoppingToken);
        using var timer = new PeriodicTimer(Tick, clock);
        do
        {
            try
            {
                await StepAsync(stoppingToken);
                health.Worked();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                health.Failed(failure);
                Log.StepFailed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Workers live in this process, so nothing that was in flight before it started still runs.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Shards.Where(shard => shard.State == ShardState.Dispatched || shard.State == ShardState.Running)
            .ExecuteUpdateAsync(shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0), cancellationToken);
        await db.Audits.Where(audit => audit.State == AuditState.Planning)
            .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.State, AuditState.Submitted), cancellationToken);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await db.Audits.Where(audit => audit.State == AuditState.Submitted || audit.State == AuditState.Running || audit.State == AuditState.Reporting)
            .OrderBy(audit => audit.CreatedAt).ToListAsync(cancellationToken);
        foreach (var audit in open)
        {
            await (audit.State switch
            {
                AuditState.Submitted => InspectAsync(db, audit, cancellationToken),
                AuditState.Running => DispatchAsync(db, audit, cancellationToken),
                _ => reporter.ReportAsync(db, audit, cancellationToken),
            });
        }
    }

    private async Task InspectAsync(AuditDb db, AuditRow audit, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize<AuditRequest>(audit.Request, StorageJson.Options)!;
        (audit.State, audit.InspectionKey) = (AuditState.Planning, audit.Id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        await SendAsync(Queues.Models, new InspectModel(audit.InspectionKey, request.Model, request.Methods), cancellationToken);
    }

    private async Task DispatchAsync(AuditDb db, AuditRow audit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await ReapAsync(db, audit.Id, now, cancellationToken);
        var states = await db.Shards.Where(shard => shard.AuditId == audit.Id).GroupBy(shard => shard.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        int Count(ShardState state) => states.GetValueOrDefault(state);

        var inFlight = Count(ShardState.Dispatched) + Count(ShardState.Running);
        if (Count(ShardState.Pending) + inFlight == 0)
        {
            await EndAsync(db, audit, Count(ShardState.Failed), now, cancellationToken);
            return;
        }

        foreach (var shard in await dialect.LeaseShardsAsync(db, audit.Id, Math.Max(0, Window - inFlight), now, cancellationToken))
        {
            await SendAsync(Queues.Shards, new ExplainShard(audit.Id, shard.Number, shard.LeaseId!.Value), cancellationToken);
        }
    }

    /// <summary>A run that has been silent for too long is given up; the shard waits for another one.</summary>
    private async Task ReapAsync(AuditDb db, Guid auditId, DateTime now, CancellationToken cancellationToken)
    {
        var silentSince = now - Silence;
        var reaped = await db.Shards.Where(shard => shard.AuditId == auditId && shard.State == ShardState.Running && shard.HeartbeatAt < silentSince)
            .ExecuteUpdateAsync(shard => shard.SetProperty(row => row.State, ShardState.Pending), cancellationToken);
        if (reaped > 0)
        {
            Log.Reaped(logger, reaped, auditId);
        }
    }

    private static async Task EndAsync(AuditDb db, AuditRow audit, int failed, DateTime now, CancellationToken cancellationToken)
    {
        if (failed == 0)
        {
            audit.State = AuditState.Reporting;
        }
        else
        {
            var errors = await db.Shards.Where(shard => shard.AuditId == audit.Id && shard.State == ShardState.Failed).OrderBy(shard => shard.Number)
                .Select(shard => shard.Error).Distinct().Take(3).ToListAsync(cancellationToken);
            (audit.State, audit.EndedAt) = (AuditState.Failed, now);
            audit.Error = $"{failed} shard(s) could not be explained: {string.Join(" | ", errors)}. What was done is kept; run the same audit again to retry only these.";
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SendAsync<T>(string queue, T message, CancellationToken cancellationToken)
        where T : class
    {
        var endpoint = await bus.GetSendEndpoint(Queues.AddressOf(queue));
        await endpoint.Send(message, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "A dispatch step failed; it is tried again")]
        public static partial void StepFailed(ILogger logger, Exception exception);

        [LoggerMessage(301, LogLevel.Warning, "{Count} run(s) of audit {AuditId} went silent; their shards wait for another run")]
        public static partial void Reaped(ILogger logger, int count, Guid auditId);
    }
}

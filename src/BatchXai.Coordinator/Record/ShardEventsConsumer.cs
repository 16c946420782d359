using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Observe;
using BatchXai.Coordinator.Reap;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Telemetry;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Record;

/// <summary>
/// Writes down what workers tell. Only what is told under a shard's latest lease moves its row, the latest run to begin holds it, and a shard is counted once:
/// duplicates, late and lost messages are harmless.
/// </summary>
internal sealed class ShardEventsConsumer(IDbContextFactory<AuditDb> databases, ShardRecorder recorder, ShardDeaths deaths, BusPresence broker, AuditSignal signal, TimeProvider clock)
    : IConsumer<ShardStarted>, IConsumer<ShardProgressed>, IConsumer<ShardExplained>, IConsumer<ShardFailed>, IConsumer<ShardReturned>
{
    /// <summary>Runs that may fail for a reason that passes; the pause after each is twice the one before.</summary>
    private const int MostAttempts = 5;
    private static readonly TimeSpan ReturnPause = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<ShardStarted> context)
    {
        var (auditId, number, lease, run, worker, redelivered) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        if (redelivered && await Leased(db, auditId, number, lease).AsNoTracking().SingleOrDefaultAsync(context.CancellationToken) is { RunId: not null, HeartbeatAt: { } heard } before
            && before.RunId != run && broker.ConnectedSince?.UtcDateTime < heard)
        {
            // The broker took the message back from a run that had begun, and not because the broker itself was away.
            if (before.Deaths + 1 >= 2)
            {
                await deaths.RecordAsync(db, before, context.CancellationToken); // The run that begins now is under an old lease: its result is dropped.
                return;
            }

            await ShardDeaths.Held(db, before).ExecuteUpdateAsync(shard => shard.SetProperty(row => row.Deaths, row => row.Deaths + 1), context.CancellationToken);
        }

        await Leased(db, auditId, number, lease).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Running).SetProperty(row => row.RunId, run).SetProperty(row => row.Worker, worker).SetProperty(row => row.HeartbeatAt, now)
                .SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0),
            context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardProgressed> context)
    {
        var (auditId, number, lease, run, done, failed) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await Leased(db, auditId, number, lease).Where(shard => shard.RunId == run).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.ItemsDone, done).SetProperty(row => row.ItemsFailed, failed).SetProperty(row => row.HeartbeatAt, now),
            context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardExplained> context)
    {
        var told = context.Message;
        using var step = AuditTrace.Start("commit", told.AuditId);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var run = new CountedRun(told.AuditId, told.Shard, told.RunId, told.Worker, told.ItemsFailed, told.CausalRows, told.StageSeconds);
        bool counted;
        try
        {
            counted = await recorder.CommitAsync(db, Held(db, told.AuditId, told.Shard, told.LeaseId, told.RunId), run, context.CancellationToken);
        }
        catch (Exception damaged) when (damaged is FileNotFoundException or InvalidDataException)
        {
            await FailAsync(new(told.AuditId, told.Shard, told.LeaseId, told.RunId, $"the run's rows cannot be counted: {damaged.Message}", Transient: true), context.CancellationToken);
            return;
        }

        if (!counted && !await db.Shards.AnyAsync(shard => shard.AuditId == told.AuditId && shard.Number == told.Shard && shard.RunId == told.RunId && shard.State == ShardState.Done, context.CancellationToken))
        {
            CoordinatorMetrics.ResultRejected(); // Told twice is not rejected: it is counted.
        }
    }

    public Task Consume(ConsumeContext<ShardFailed> context) => FailAsync(context.Message, context.CancellationToken);

    public async Task Consume(ConsumeContext<ShardReturned> context)
    {
        var (auditId, number, lease, run) = context.Message;
        var notBefore = clock.GetUtcNow().UtcDateTime + ReturnPause;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        // Nothing is held against the shard: not even the lease.
        if (await Held(db, auditId, number, lease, run).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.NotBefore, notBefore).SetProperty(row => row.Attempt, row => row.Attempt - 1)
                .SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0),
            context.CancellationToken) > 0)
        {
            CoordinatorMetrics.Ended("returned");
            signal.Raise();
        }
    }

    private async Task FailAsync(ShardFailed failed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shard = await Held(db, failed.AuditId, failed.Shard, failed.LeaseId, failed.RunId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (shard is null)
        {
            return;
        }

        var again = failed.Transient && shard.Attempt < MostAttempts;
        var now = clock.GetUtcNow().UtcDateTime;
        var (state, notBefore) = (again ? ShardState.Pending : ShardState.Failed, now + TimeSpan.FromSeconds(Math.Pow(2, shard.Attempt)));
        DateTime? ended = again ? null : now;
        await Held(db, failed.AuditId, failed.Shard, failed.LeaseId, failed.RunId).ExecuteUpdateAsync(
            row => row.SetProperty(value => value.State, state).SetProperty(value => value.NotBefore, notBefore).SetProperty(value => value.Error, failed.Error).SetProperty(value => value.EndedAt, ended)
                .SetProperty(value => value.ItemsDone, 0).SetProperty(value => value.ItemsFailed, 0),
            cancellationToken);
        if (!again)
        {
            CoordinatorMetrics.Ended("failed");
        }

        signal.Raise();
    }

    private static IQueryable<ShardRow> Leased(AuditDb db, Guid auditId, int number, Guid lease) =>
        db.Shards.InFlight().Where(shard => shard.AuditId == auditId && shard.Number == number && shard.LeaseId == lease);

    /// <summary>The shard, if this run holds its lease: it was the latest to begin, or its beginning has not been heard of yet.</summary>
    private static IQueryable<ShardRow> Held(AuditDb db, Guid auditId, int number, Guid lease, Guid run) =>
        Leased(db, auditId, number, lease).Where(shard => shard.RunId == run || shard.State == ShardState.Dispatched);
}

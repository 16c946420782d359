using System.Diagnostics;
using BatchXai.Contracts;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Telemetry;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Explain;
using Microsoft.Extensions.Logging;

namespace BatchXai.Worker.Runs;

/// <summary>One execution of a shard: waits for its slot, tells that it begins, keeps telling that it lives, tells how it ended. Never throws.</summary>
internal sealed partial class ShardRun(
    AuditSessions sessions, IBlobStore blobs, TorchThread torch, SlotGate slots, AuditCancellations cancellations, CoordinatorLine coordinator, Watchdog watchdog, TimeProvider clock, ILogger<ShardRun> logger)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>Under a lease that the coordinator has given up by now, a run would be for nothing.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <param name="shard">The shard.</param>
    /// <param name="redelivered">Whether the broker took the message back from a worker that may have died of it: then it runs alone.</param>
    /// <param name="stopping">The process is to end: the running batch is finished, the shard handed back.</param>
    /// <param name="abandoned">The process ends: nothing more can be told.</param>
    public async Task ExecuteAsync(ExplainShard shard, bool redelivered, CancellationToken stopping, CancellationToken abandoned)
    {
        var runId = Guid.CreateVersion7();
        try
        {
            using var audit = await cancellations.WatchAsync(shard.AuditId, stopping);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, audit.Cancelled);
            try
            {
                using var slot = await SlotAsync(shard, redelivered, stop.Token);
                if (slot is not null)
                {
                    await ExplainAsync(shard, runId, redelivered, stop.Token, audit.Cancelled, abandoned);
                }
                else if (!redelivered)
                {
                    await ReturnAsync(shard, runId, abandoned);
                }
            }
            catch (Exception) when (audit.IsCancelled)
            {
                Log.Cancelled(logger, shard.Shard, shard.AuditId);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested && !abandoned.IsCancellationRequested)
        {
            await ReturnAsync(shard, runId, abandoned);
        }
    }

    /// <summary>Hands a shard back that this process does not run to its end.</summary>
    public async Task ReturnAsync(ExplainShard shard, Guid runId, CancellationToken abandoned)
    {
        Log.Returned(logger, shard.Shard, shard.AuditId);
        await coordinator.TellAsync(Queues.Events, new ShardReturned(shard.AuditId, shard.Shard, shard.LeaseId, runId), abandoned);
    }

    private async Task<IDisposable?> SlotAsync(ExplainShard shard, bool redelivered, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await slots.TakeAsync(shard.Alone || redelivered, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ExplainAsync(ExplainShard shard, Guid runId, bool redelivered, CancellationToken stop, CancellationToken cancelled, CancellationToken abandoned)
    {
        using var span = AuditTrace.Start("shard", shard.AuditId)?.SetTag("batchxai.shard", shard.Shard).SetTag("batchxai.run", runId.ToString());
        var (progress, times, begin, result) = (new ShardProgress(), new StageTimes(), clock.GetTimestamp(), "stopped");
        using var ended = new CancellationTokenSource();
        Task[] company = [];
        try
        {
            await coordinator.TellAsync(Queues.Events, new ShardStarted(shard.AuditId, shard.Shard, shard.LeaseId, runId, WorkerPresence.Name, redelivered), stop);
            company = [HeartbeatAsync(shard, runId, progress, ended.Token)];
            using var session = await sessions.OpenAsync(shard.AuditId, stop);
            company = [.. company, watchdog.WatchAsync(shard, progress, ended.Token)];
            var (items, causalRows) = await new ShardPipeline(session, blobs, torch, times, progress).RunAsync(shard, runId, stop, cancelled);
            await EndAsync();
            result = "explained";
            await coordinator.TellAsync(
                Queues.Events, new ShardExplained(shard.AuditId, shard.Shard, shard.LeaseId, runId, WorkerPresence.Name, items, progress.Failed, times.Seconds, causalRows), abandoned);
        }
        // The pipeline may hear of a cancelled audit, and end, before `stop` is told of it.
        catch (Exception failure) when (!stop.IsCancellationRequested && !cancelled.IsCancellationRequested && !abandoned.IsCancellationRequested)
        {
            await EndAsync();
            result = "failed";
            span?.SetStatus(ActivityStatusCode.Error, Told(failure));
            Log.Failed(logger, failure, shard.Shard, shard.AuditId);
            await coordinator.TellAsync(Queues.Events, new ShardFailed(shard.AuditId, shard.Shard, shard.LeaseId, runId, Told(failure), IsTransient(failure)), abandoned);
        }
        finally
        {
            await EndAsync();
            WorkerMetrics.Shard(clock.GetElapsedTime(begin), result);
            times.Export(clock);
        }

        async Task EndAsync()
        {
            await ended.CancelAsync();
            await Task.WhenAll(company);
        }
    }

    private async Task HeartbeatAsync(ExplainShard shard, Guid runId, ShardProgress progress, CancellationToken cancellationToken)
    {
        using var silence = AuditTrace.Silence();
        try
        {
            using var timer = new PeriodicTimer(Heartbeat, clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                // The end of the run does not wait for a message that nobody needs any more, and does not call it back: the bus would log an error.
                await coordinator.TryTellAsync(Queues.Events, new ShardProgressed(shard.AuditId, shard.Shard, shard.LeaseId, runId, progress.Done, progress.Failed), CancellationToken.None).WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    /// <summary>The same model on the same items fails the same way; a store or a device may recover, and memory may be free again.</summary>
    private static bool IsTransient(Exception failure) => TorchMemory.WasShort(failure) ||
        failure is not (UserErrorException or OnnxFormatException or UnsupportedOperatorsException or GraphExecutionException or LibTorchUnavailableException);

    /// <summary>What a person is told: all problems of bad input, else the first line. libtorch appends a stack of its own.</summary>
    private static string Told(Exception failure) => failure is UserErrorException ? failure.Message : failure.Message.Split('\n')[0].Trim();

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "Shard {Shard} of audit {AuditId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, int shard, Guid auditId);

        [LoggerMessage(101, LogLevel.Information, "Shard {Shard} of audit {AuditId} is handed back; it will be run again")]
        public static partial void Returned(ILogger logger, int shard, Guid auditId);

        [LoggerMessage(102, LogLevel.Information, "Shard {Shard} of audit {AuditId} stopped: the audit is cancelled")]
        public static partial void Cancelled(ILogger logger, int shard, Guid auditId);
    }
}

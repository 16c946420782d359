using BatchXai.Contracts;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Explain;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Worker;

/// <summary>One message is one shard: run it, keep telling that it lives, tell how it ended. Never throws at the bus.</summary>
internal sealed partial class ExplainShardConsumer(AuditSessions sessions, IBlobStore blobs, TorchThread torch, IHostApplicationLifetime process, TimeProvider clock, ILogger<ExplainShardConsumer> logger)
    : IConsumer<ExplainShard>
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly string Name = $"{Environment.MachineName}:{Environment.ProcessId}";

    public async Task Consume(ConsumeContext<ExplainShard> context)
    {
        var (shard, runId) = (context.Message, Guid.CreateVersion7());
        // A process that is told to stop finishes the running batch and leaves the shard to its next run.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, process.ApplicationStopping);
        var cancellationToken = stop.Token;
        var (progress, times) = (new ShardProgress(), new StageTimes());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await context.SendToAsync(Queues.Events, new ShardStarted(shard.AuditId, shard.Shard, shard.LeaseId, runId, Name, context.ReceiveContext.Redelivered), cancellationToken);
            var heartbeat = HeartbeatAsync(context, shard, runId, progress, ended.Token);
            var session = await sessions.OpenAsync(shard.AuditId, cancellationToken);
            var items = await new ShardPipeline(session, blobs, torch, times, progress).RunAsync(shard, runId, cancellationToken);
            await ended.CancelAsync();
            await heartbeat;
            await context.SendToAsync(Queues.Events, new ShardExplained(shard.AuditId, shard.Shard, shard.LeaseId, runId, Name, items, progress.Failed, times.Seconds), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Stopped(logger, shard.Shard, shard.AuditId);
        }
        catch (Exception failure)
        {
            await ended.CancelAsync();
            Log.Failed(logger, failure, shard.Shard, shard.AuditId);
            // The same model on the same items fails the same way; a store or a device may recover.
            var transient = failure is not (UserErrorException or OnnxFormatException or UnsupportedOperatorsException or GraphExecutionException or LibTorchUnavailableException);
            await context.SendToAsync(Queues.Events, new ShardFailed(shard.AuditId, shard.Shard, shard.LeaseId, runId, Told(failure), transient), cancellationToken);
        }
    }

    private async Task HeartbeatAsync(ConsumeContext context, ExplainShard shard, Guid runId, ShardProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Heartbeat, clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await context.SendToAsync(Queues.Events, new ShardProgressed(shard.AuditId, shard.Shard, shard.LeaseId, runId, progress.Done, progress.Failed), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    /// <summary>What a person is told: all problems of bad input, else the first line. libtorch appends a stack of its own.</summary>
    private static string Told(Exception failure) => failure is UserErrorException ? failure.Message : failure.Message.Split('\n')[0].Trim();

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "Shard {Shard} of audit {AuditId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, int shard, Guid auditId);

        [LoggerMessage(101, LogLevel.Information, "Shard {Shard} of audit {AuditId} stopped before its end; it will be run again")]
        public static partial void Stopped(ILogger logger, int shard, Guid auditId);
    }
}

using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace BatchXai.Worker.Runs;

/// <summary>Looks every two seconds whether the audits that run here are cancelled or deleted: once an audit, however many of its shards run.</summary>
internal sealed partial class AuditCancellations(IBlobStore blobs, TimeProvider clock, ILogger<AuditCancellations> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Watch> watches = [];

    /// <summary>Watches an audit until the watch is disposed. When this returns, it has been looked at once.</summary>
    public async Task<AuditWatch> WatchAsync(Guid auditId, CancellationToken cancellationToken)
    {
        Watch watch;
        lock (gate)
        {
            // A watch that has found its audit cancelled has ended; the audit may have been taken up again since.
            if (!watches.TryGetValue(auditId, out watch!) || watch.Cancelled.IsCancellationRequested)
            {
                watches[auditId] = watch = new();
                watch.Begin(LookAsync(auditId, CancellationToken.None), look => RepeatAsync(auditId, watch, look));
            }

            watch.Users++;
        }

        var handle = new AuditWatch(() => Leave(auditId, watch), watch.Cancelled.Token);
        try
        {
            await watch.Looked.WaitAsync(cancellationToken);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void Leave(Guid auditId, Watch watch)
    {
        lock (gate)
        {
            if (--watch.Users > 0)
            {
                return;
            }

            watch.Left.Cancel();
            if (watches.GetValueOrDefault(auditId) == watch)
            {
                watches.Remove(auditId);
            }
        }
    }

    private async Task RepeatAsync(Guid auditId, Watch watch, Task<bool> first)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            var isOver = await first;
            while (!isOver && await timer.WaitForNextTickAsync(watch.Left.Token))
            {
                isOver = await LookAsync(auditId, watch.Left.Token);
            }

            await watch.Cancelled.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Nobody watches any more.
        }
    }

    private async Task<bool> LookAsync(Guid auditId, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.ExistsAsync(ArtifactAddresses.Cancelled(auditId), cancellationToken) || !await blobs.ExistsAsync(ArtifactAddresses.Plan(auditId), cancellationToken);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            Log.Blind(logger, trouble, auditId);
            return false;
        }
    }

    private sealed class Watch
    {
        public CancellationTokenSource Cancelled { get; } = new();

        public CancellationTokenSource Left { get; } = new();

        public int Users { get; set; }

        /// <summary>Done when the audit has been looked at once and, if it is over, <see cref="Cancelled"/> says so.</summary>
        public Task Looked { get; private set; } = Task.CompletedTask;

        public void Begin(Task<bool> look, Func<Task<bool>, Task> repeat)
        {
            var all = repeat(look);
            Looked = FirstAsync(look, all);
        }

        private static async Task FirstAsync(Task<bool> look, Task all)
        {
            if (await look)
            {
                await all;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Warning, "It cannot be seen whether audit {AuditId} is cancelled; looking again")]
        public static partial void Blind(ILogger logger, Exception exception, Guid auditId);
    }
}

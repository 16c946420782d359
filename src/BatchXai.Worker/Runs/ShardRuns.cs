using BatchXai.Contracts.Shards;
using Microsoft.Extensions.Logging;

namespace BatchXai.Worker.Runs;

/// <summary>
/// The runs of this process, one a lease. A run belongs to the process, not to the message that began it: it goes on while the broker is away, and the
/// message joins it when it comes again.
/// </summary>
internal sealed partial class ShardRuns(ShardRun run, ILogger<ShardRuns> logger) : IDisposable
{
    /// <summary>Leases whose end is remembered: their message comes again when its receipt was lost.</summary>
    private const int Remembered = 256;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Task> runs = [];
    private readonly Queue<Guid> ended = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isDraining;

    /// <summary>Begins a run, or joins the one under the same lease. Done when the run has ended and the coordinator has been told.</summary>
    public Task RunAsync(ExplainShard shard, bool redelivered)
    {
        lock (gate)
        {
            if (runs.TryGetValue(shard.LeaseId, out var known))
            {
                return known;
            }

            // Not on the consumer's thread: the consumer may leave at any time.
            var isLate = isDraining;
            return runs[shard.LeaseId] = Task.Run(() => BeginAsync(shard, redelivered, isLate));
        }
    }

    /// <summary>Begins no more runs, lets the running ones finish their batch and hand back or tell their results. Cancelled, it waits no longer.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Task[] running;
        lock (gate)
        {
            isDraining = true;
            running = [.. runs.Values];
        }

        await stopping.CancelAsync();
        try
        {
            await Task.WhenAll(running).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.Abandoned(logger, running.Count(task => !task.IsCompleted));
            await abandoned.CancelAsync();
        }

        drained.TrySetResult();
    }

    public void Dispose()
    {
        abandoned.Cancel();
        stopping.Dispose();
        abandoned.Dispose();
    }

    private async Task BeginAsync(ExplainShard shard, bool redelivered, bool isLate)
    {
        try
        {
            if (isLate)
            {
                // Held until the others have ended: given back at once, it would come again at once.
                await drained.Task;
                await run.ReturnAsync(shard, Guid.CreateVersion7(), abandoned.Token);
            }
            else
            {
                await run.ExecuteAsync(shard, redelivered, stopping.Token, abandoned.Token);
            }
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            // The process ends; the coordinator will see that it is silent.
        }
        finally
        {
            lock (gate)
            {
                ended.Enqueue(shard.LeaseId);
                while (ended.Count > Remembered)
                {
                    runs.Remove(ended.Dequeue());
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Warning, "{Count} run(s) did not reach the end of their batch in time; their shards are run again when this process is missed")]
        public static partial void Abandoned(ILogger logger, int count);
    }
}

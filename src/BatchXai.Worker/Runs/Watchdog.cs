using BatchXai.Contracts.Shards;

namespace BatchXai.Worker.Runs;

/// <summary>
/// Ends the process when a run stands still: native code that hangs cannot be interrupted, and a process that holds its shards for ever is worse than
/// one that dies. The shards go to other runs, and in the end the item to blame is alone in its shard. An image that takes long to decode is not cut
/// off by itself: its outcome would depend on how busy the machine is.
/// </summary>
internal sealed class Watchdog(WorkerOptions options, TimeProvider clock, Action<string> end)
{
    private const int Named = 8;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Watches a run until cancelled. Ticks are counted, not time: a machine that slept has not stalled.</summary>
    public async Task WatchAsync(ExplainShard shard, ShardProgress progress, CancellationToken cancellationToken)
    {
        if (options.StallSeconds is not { } limit)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(Tick, clock);
            for (var (still, seen) = (0, progress.Moves); await timer.WaitForNextTickAsync(cancellationToken);)
            {
                (still, seen) = progress.Moves == seen ? (still + 1, seen) : (0, progress.Moves);
                if (still == limit)
                {
                    end(Told(shard, progress, limit));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private static string Told(ExplainShard shard, ShardProgress progress, int limit)
    {
        var items = progress.UnderWay;
        var names = items.Count == 0 ? "none" : string.Join(", ", items.Take(Named)) + (items.Count > Named ? $" and {items.Count - Named} more" : "");
        return $"Nothing has moved for {limit} s in shard {shard.Shard} of audit {shard.AuditId} after {progress.Done} items; this process ends, so that its shards are run again. Items under way: {names}";
    }
}

using System.Diagnostics.Metrics;
using BatchXai.Contracts.Shards;

namespace BatchXai.Coordinator.Observe;

/// <summary>What a coordinator measures. The names, with their units, are listed in src/BatchXai.Hosting/README.md; a test compares.</summary>
internal static class CoordinatorMetrics
{
    private static readonly Meter Meter = new("BatchXai.Coordinator");
    private static readonly Counter<long> Shards = Meter.CreateCounter<long>("batchxai.shards", "{shard}", "Runs and shards that ended, by what became of them.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("batchxai.commit.rejected", "{result}", "Results that came under a lease or from a run that no longer counts.");
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("batchxai.rows.committed", "{row}", "Item rows counted.");
    private static readonly Counter<long> Confirmed = Meter.CreateCounter<long>("batchxai.dispatch.confirmed", "{shard}", "Shards that the broker has taken.");
    private static readonly Counter<long> Lost = Meter.CreateCounter<long>("batchxai.lease.lost", "{lease}", "Leases taken back: the message was lost, or the run fell silent.");
    private static volatile PipelineState state = PipelineState.Unknown;

    static CoordinatorMetrics()
    {
        Meter.CreateObservableGauge("batchxai.queue.depth", () => state.Depths.Select(queue => Tagged(queue.Value, "queue", queue.Key)), "{message}", "Messages that wait for a consumer.");
        Meter.CreateObservableGauge("batchxai.shards.waiting", () => state.Shards.Select(shards => Tagged(shards.Value, "state", Word(shards.Key))), "{shard}", "Shards that have not ended.");
        Meter.CreateObservableGauge("batchxai.workers", () => state.Workers is { } workers ? [new(workers)] : Array.Empty<Measurement<long>>(), "{worker}", "Workers heard of lately.");
    }

    /// <summary>Counts nothing of everything, once somebody listens: a counter that appears with its first event hides that event from who looks at increases.</summary>
    public static void Begin()
    {
        foreach (var result in (string[])["done", "failed", "split", "returned", "rejected"])
        {
            Shards.Add(0, new KeyValuePair<string, object?>("result", result));
        }

        Rejected.Add(0);
        Rows.Add(0);
        Confirmed.Add(0);
        Lost.Add(0);
    }

    /// <summary>A shard ended as done, failed or split, or a worker gave it back.</summary>
    public static void Ended(string result) => Shards.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>A result was dropped.</summary>
    public static void ResultRejected()
    {
        Rejected.Add(1);
        Ended("rejected");
    }

    /// <summary>Rows of a shard are counted.</summary>
    public static void RowsCommitted(int rows) => Rows.Add(rows);

    /// <summary>The broker has taken messages.</summary>
    public static void DispatchConfirmed(int shards) => Confirmed.Add(shards);

    /// <summary>Leases were taken back.</summary>
    public static void LeasesLost(int leases) => Lost.Add(leases);

    /// <summary>What was last seen of the pipeline.</summary>
    public static void Observe(PipelineState seen) => state = seen;

    private static Measurement<long> Tagged(long value, string tag, string name) => new(value, new KeyValuePair<string, object?>(tag, name));

    private static string Word(ShardState shard) => shard.ToString().ToLowerInvariant();
}

using System.Diagnostics.Metrics;
using System.Text.Json;
using BatchXai.Contracts.Results;

namespace BatchXai.Worker;

/// <summary>What a worker measures about itself. The names, with their units, are listed in src/BatchXai.Hosting/README.md; a test compares.</summary>
internal static class WorkerMetrics
{
    private static readonly Meter Meter = new("BatchXai.Worker");
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.1, 0.3, 1, 3, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600] };

    private static readonly Counter<long> Items = Meter.CreateCounter<long>("batchxai.items", "{item}", "Items that runs have finished, also of runs that were not counted in the end.");
    private static readonly Histogram<double> ShardDuration = Meter.CreateHistogram("batchxai.shard.duration", "s", "From a run's beginning to its end.", advice: Seconds);
    private static readonly Histogram<double> StageDuration = Meter.CreateHistogram("batchxai.stage.duration", "s", "Busy seconds of one stage in one run, added up over threads.", advice: Seconds);
    private static readonly Counter<long> CausalImages = Meter.CreateCounter<long>("batchxai.causal.images", "{image}", "Images that went through the model for causal tests.");
    private static readonly Counter<long> ArtifactBytes = Meter.CreateCounter<long>("batchxai.artifact.bytes", "By", "Bytes of artifacts stored.");
    private static readonly Counter<long> ModelCache = Meter.CreateCounter<long>("batchxai.model.cache", "{lookup}", "Models asked for: already loaded, or to be loaded.");

    /// <summary>Counts nothing of everything, once somebody listens: a counter that appears with its first event hides that event from who looks at increases.</summary>
    public static void Begin()
    {
        foreach (var outcome in Enum.GetValues<ItemOutcome>())
        {
            Items.Add(0, new KeyValuePair<string, object?>("outcome", Word(outcome)));
        }

        ModelCache.Add(0, new KeyValuePair<string, object?>("result", "hit"));
        ModelCache.Add(0, new KeyValuePair<string, object?>("result", "miss"));
        CausalImages.Add(0);
        ArtifactBytes.Add(0);
    }

    public static void Item(ItemOutcome outcome) => Items.Add(1, new KeyValuePair<string, object?>("outcome", Word(outcome)));

    public static void Shard(TimeSpan duration, string result) => ShardDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("result", result));

    public static void Stage(string stage, double seconds) => StageDuration.Record(seconds, new KeyValuePair<string, object?>("stage", stage));

    public static void CausalPasses(long images) => CausalImages.Add(images);

    public static void Stored(long bytes) => ArtifactBytes.Add(bytes);

    public static void Model(bool hit) => ModelCache.Add(1, new KeyValuePair<string, object?>("result", hit ? "hit" : "miss"));

    private static string Word(ItemOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}

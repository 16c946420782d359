using System.Text.RegularExpressions;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using Xunit;

namespace BatchXai.Distributed.Tests.Telemetry;

/// <summary>What the programs tell while they work, against src/BatchXai.Hosting/README.md.</summary>
public sealed partial class TelemetryTests(Stage stage) : ClusterTest(stage)
{
    private const int Shards = 10;
    private static readonly string[] Stages = ["causal", "decode", "encode", "explain", "fetch", "measure", "store"];

    [Fact]
    public void The_table_has_every_metric_that_is_declared() =>
        Assert.Equal(Metric.Declared().OrderBy(metric => metric.Name), Metric.Promised().Select(metric => metric with { Labels = "", Meaning = "" }).OrderBy(metric => metric.Name));

    [Fact]
    public async Task Every_metric_is_as_the_table_says_and_adds_up()
    {
        await MakeClusterAsync();
        var coordinator = Cluster.StartCoordinator();
        // Slow enough that the coordinator, who looks at its tables every few seconds, sees shards that run.
        ClusterProcess[] workers = [Cluster.StartWorker(Paced with { Pace = 100 }), Cluster.StartWorker(Paced with { Pace = 100 })];
        var audit = await SubmitAsync(Stage.Images / Shards);
        await UntilAsync(async () => await ScrapeAsync(coordinator) is var now && now.Sum("batchxai_shards_waiting", "state", "running") > 0 && now.Sum("batchxai_workers") == workers.Length);
        await EndsUndisturbedAsync(audit);

        var told = await ScrapeAsync(coordinator);
        Assert.Equal(Shards, told.Sum("batchxai_dispatch_confirmed_total"));
        Assert.Equal(Shards, told.Sum("batchxai_shards_total", "result", "done"));
        Assert.Equal(Stage.Undisturbed.Count, told.Sum("batchxai_rows_committed_total"));
        Assert.Equal(["batchxai-dead", "batchxai-events", "batchxai-models", "batchxai-plans", "batchxai-shards"], told.Words("batchxai_queue_depth", "queue"));
        Assert.Equal(["dispatched", "pending", "running"], told.Words("batchxai_shards_waiting", "state"));
        await UntilAsync(async () => (await ScrapeAsync(coordinator)).Sum("batchxai_shards_waiting") == 0);

        // A run is measured when it has ended, which is a moment after its result is told.
        Scrape[] scrapes = [];
        await UntilAsync(async () =>
        {
            scrapes = [await ScrapeAsync(workers[0]), await ScrapeAsync(workers[1])];
            return scrapes.Sum(worker => worker.Sum("batchxai_stage_duration_seconds_count")) == Shards * Stages.Length;
        });
        Assert.Equal(Stage.Images, scrapes.Sum(worker => worker.Sum("batchxai_items_total", "outcome", "explained")));
        Assert.Equal(Shards, scrapes.Sum(worker => worker.Sum("batchxai_shard_duration_seconds_count", "result", "explained")));
        Assert.Equal(Shards, scrapes.Sum(worker => worker.Sum("batchxai_model_cache_total")));
        Assert.Equal(1, scrapes.Sum(worker => worker.Sum("batchxai_model_cache_total", "result", "miss"))); // The other one has inspected it.
        Assert.All(scrapes, worker => Assert.Equal(Stages, worker.Words("batchxai_stage_duration_seconds_count", "stage")));
        Assert.All(scrapes, worker => Assert.True(worker.Sum("batchxai_artifact_bytes_total") > 0));

        var promised = Metric.Promised().ToDictionary(metric => metric.Exported);
        foreach (var (name, kind) in scrapes.Append(told).SelectMany(program => program.Kinds))
        {
            Assert.True(promised.TryGetValue(name, out var metric), $"{name} is not in the table");
            Assert.Equal(metric.Kind, kind);
        }

        Assert.Equal(promised.Keys.Order(), scrapes.Append(told).SelectMany(program => program.Kinds.Keys).Distinct().Order());
        Assert.All(scrapes.Append(told), program => Assert.All(program.Kinds.Keys, name => Assert.Equal(promised[name].LabelNames, program.LabelsOf(name))));
    }

    [Fact]
    public async Task One_audit_is_one_trace_from_its_submission_to_its_report()
    {
        await using var collector = await SpanCollector.StartAsync(Ct);
        await MakeClusterAsync(settings => settings with { Collector = collector.Address });
        ClusterProcess[] programs = [Cluster.StartCoordinator(), Cluster.StartWorker(), Cluster.StartWorker()];
        var audit = await SubmitAsync(Stage.Images / Shards);
        await EndsUndisturbedAsync(audit);
        foreach (var program in programs)
        {
            program.Send(Signal.Terminate); // What it holds is sent before it ends.
            Assert.Equal(0, await program.EndAsync(Ct));
        }

        var submission = Assert.Single(collector.Spans, span => span.Name.StartsWith("POST ", StringComparison.Ordinal));
        var trace = collector.Spans.Where(span => span.Trace == submission.Trace).ToLookup(span => span.Name);
        Assert.Single(trace["plan"]);
        Assert.Single(trace["report"]);
        Assert.Equal(Shards, trace["commit"].Count());
        Assert.Equal(Shards, trace["shard"].Count());
        Assert.NotEmpty(trace["dispatch"]);
        var runs = trace["shard"].Select(span => span.Id).Order();
        Assert.All(Stages, name => Assert.Equal(runs, trace[name].Select(span => span.Parent).Order())); // Each stage once in each run.
        string[] steps = ["plan", "dispatch", "shard", "commit", "report", .. Stages];
        Assert.DoesNotContain(collector.Spans, span => span.Trace != submission.Trace && steps.Contains(span.Name));
    }

    /// <summary>Its address, which it chose itself, is in its log.</summary>
    private async Task<Scrape> ScrapeAsync(ClusterProcess program)
    {
        await UntilAsync(() => Task.FromResult(Listening().IsMatch(program.Log)));
        using var http = new HttpClient();
        return new(await http.GetStringAsync(new Uri($"{Listening().Match(program.Log).Groups[1].Value}/metrics"), Ct));
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}

using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>
/// Two workers against one, each with one torch thread and one processor: how much of twice the rate is reached. Rates are of the time in which all
/// workers are busy, after each has explained enough for its code to be compiled: a worker of a cluster runs for days. The services take what they need
/// from the same processors, and processors share caches and memory: the bare model twice side by side is the bound, and processor seconds are told too.
/// </summary>
internal static class ScalingRun
{
    private const int Rounds = 3;
    private const int Items = 2_048;
    private const int WarmUpItems = 1_024;
    private const int ShardSize = 64;

    /// <summary>Shards at either end of a run that are left out, for each worker: it has two at once.</summary>
    private const int Edge = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-scaling-").FullName;
        try
        {
            var given = WrittenRequest.Parse(arguments) with { ShardSize = ShardSize, Causal = CausalChoice.Off };
            var (request, warmUp) = (await Repeated("images", Items), await Repeated("warm-up", WarmUpItems));
            await using var programs = await Programs.StartAsync("/", artifacts: null, window: null, ct);
            List<(double Rate, double ItemSeconds)> one = [], two = [];
            List<double> bound = [];
            for (int round = 0; round < Rounds; round++)
            {
                var alone = await BareProcess.RateAsync(arguments, 1, ct);
                bound.Add(await BareProcess.RateAsync(arguments, 2, ct) / alone / 2);
                one.Add(await RunAsync(1));
                two.Add(await RunAsync(2));
                Console.WriteLine($"round {round + 1}: {one[^1].Rate:F1} images/s with one worker, {two[^1].Rate:F1} with two: {two[^1].Rate / one[^1].Rate / 2:F2} of twice one; the bare model reaches {bound[^1]:F2}");
            }

            return Bar.Print(
            [
                new("one worker", Median(one.Select(run => run.Rate)), "images/s"),
                new("two workers", Median(two.Select(run => run.Rate)), "images/s"),
                new("two against twice one", Median(one.Zip(two, (alone, both) => both.Rate / alone.Rate / 2)), "", AtLeast: 0.9),
                new("the bare model, two against twice one", Median(bound), ""),
                new("one worker, processor time an image", 1000 * Median(one.Select(run => run.ItemSeconds)), "ms"),
                new("two workers, processor time an image", 1000 * Median(two.Select(run => run.ItemSeconds)), "ms"),
            ]);

            async Task<(double Rate, double ItemSeconds)> RunAsync(int workers)
            {
                var (edge, shards) = (Edge * workers, Items / ShardSize);
                var run = await DistributedAudit.RunAsync(programs, request, workers, new() { ["BATCHXAI_Worker__TorchThreads"] = "1" }, pinned: true, warmUp, edge, ct);
                var ends = $"SELECT ended_at FROM shards WHERE audit_id = @audit ORDER BY ended_at OFFSET {edge - 1} LIMIT {shards - (2 * edge) + 1}";
                return (await programs.Records.NumberAsync(run.Id, $"SELECT (count(*) - 1) * {ShardSize} / extract(epoch FROM max(ended_at) - min(ended_at)) FROM ({ends}) AS ends", ct), run.ItemSeconds);
            }

            Task<AuditRequest> Repeated(string name, int items) => RepeatedImages.RepeatAsync(given, Directory.CreateDirectory(Path.Combine(folder, name)).FullName, items, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[sorted.Count / 2];
    }
}

using BatchXai.Clusters.Workspaces;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>Two workers against one, each with one torch thread: how much of twice the rate is reached. Rates are between the first and the last shard that ends.</summary>
internal static class ScalingRun
{
    private const int Rounds = 3;
    private const int Items = 1_200;
    private const int ShardSize = 16;

    private const string Rate =
        """
        SELECT (sum(items) - min(items)) / extract(epoch FROM max(ended_at) - min(ended_at)) FROM shards WHERE audit_id = @audit
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-scaling-").FullName;
        try
        {
            var request = await RepeatedImages.RepeatAsync(WrittenRequest.Parse(arguments) with { ShardSize = ShardSize }, folder, Items, ct);
            await using var programs = await Programs.StartAsync("/", artifacts: null, window: null, ct);
            var rounds = new List<(double One, double Two)>();
            for (int round = 0; round < Rounds; round++)
            {
                rounds.Add((await RateAsync(1), await RateAsync(2)));
                Console.WriteLine($"round {round + 1}: {rounds[^1].One:F1} images/s with one worker, {rounds[^1].Two:F1} with two");
            }

            return Bar.Print(
            [
                new("one worker, one torch thread", Median(rounds.Select(round => round.One)), "images/s"),
                new("two such workers", Median(rounds.Select(round => round.Two)), "images/s"),
                new("two against twice one", Median(rounds.Select(round => round.Two / round.One / 2)), "", AtLeast: 0.9),
            ]);

            async Task<double> RateAsync(int workers) =>
                await programs.Records.NumberAsync(await DistributedAudit.RunAsync(programs, request, workers, new() { ["BATCHXAI_Worker__TorchThreads"] = "1" }, ct), Rate, ct);
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

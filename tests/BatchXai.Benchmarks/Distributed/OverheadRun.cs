using BatchXai.Cli.Embedded;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>
/// What queue, database server and blob account cost: the same items in one process and over coordinator and worker programs, in turn, in shards of
/// half a minute. Times are of the running phase, of programs whose code is compiled.
/// </summary>
internal static class OverheadRun
{
    private const int Rounds = 3;
    private const int Shards = 4;
    private const int ShardSeconds = 30;
    private const int Probe = 400;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var given = WrittenRequest.Parse(arguments) with { Causal = CausalChoice.Off }; // The bare model makes none.
        var folder = Directory.CreateTempSubdirectory("batchxai-overhead-").FullName;
        try
        {
            var few = await Repeated("probe", Probe);
            await EmbeddedAsync(few, folder, ct);
            var probe = await EmbeddedAsync(few, folder, ct);
            var size = Math.Clamp((int)(Probe / probe * ShardSeconds), 1, 10_000);
            var request = await Repeated("images", size * Shards) with { ShardSize = size };
            await using var programs = await Programs.StartAsync("/", artifacts: null, window: null, ct);
            var rounds = new List<(double Embedded, double Distributed, double Used, double AllUsed)>();
            for (int round = 0; round < Rounds; round++)
            {
                var time = new ProcessorTime([(ProcessorTime.Own, Environment.ProcessId)]);
                var embedded = await EmbeddedAsync(request, folder, ct);
                var used = time.Of(ProcessorTime.Own);
                var run = await DistributedAudit.RunAsync(programs, request, workers: 1, [], pinned: false, warmUp: few, edge: 1, ct);
                var distributed = await programs.Records.NumberAsync(run.Id, "SELECT extract(epoch FROM (SELECT max(ended_at) FROM shards WHERE audit_id = @audit) - planned_at) FROM audits WHERE id = @audit", ct);
                rounds.Add((embedded, distributed, used, run.AllSeconds));
                Console.WriteLine($"round {round + 1}: {embedded:F1} s embedded, {distributed:F1} s distributed");
            }

            return Bar.Print(
            [
                new($"embedded: {Shards} shards of {size} items", rounds.Average(round => round.Embedded), "s"),
                new("distributed: the same", rounds.Average(round => round.Distributed), "s"),
                new("overhead", 100 * ((rounds.Sum(round => round.Distributed) / rounds.Sum(round => round.Embedded)) - 1), "%", AtMost: 5),
                new("embedded, processor time an item", 1000 * rounds.Average(round => round.Used) / (Shards * size), "ms"),
                new("distributed, all programs together", 1000 * rounds.Average(round => round.AllUsed) / (Shards * size), "ms"),
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<AuditRequest> Repeated(string name, int items) => RepeatedImages.RepeatAsync(given, Directory.CreateDirectory(Path.Combine(folder, name)).FullName, items, ct);
    }

    /// <summary>Seconds of the running phase in one process.</summary>
    private static async Task<double> EmbeddedAsync(AuditRequest request, string folder, CancellationToken ct)
    {
        var output = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        var phases = new PhaseClock();
        var ended = await EmbeddedAudit.RunAsync(request, output, fresh: false, phases, ct);
        Directory.Delete(output, recursive: true);
        return ended.State == AuditState.Done ? phases.Running : throw new InvalidOperationException(ended.Error);
    }
}

using System.Runtime.InteropServices;
using BatchXai.Cli.Embedded;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks;

/// <summary>
/// The whole pipeline against the bare model, in one process on the same libtorch, model and batch: rounds of bound and audit in turn, so that
/// a machine that slows down slows both. The audit's clock runs from its start to its report.
/// </summary>
internal static class Throughput
{
    private const int Rounds = 3;

    private static readonly (string Name, string[] Methods, bool Gradient)[] Cases =
    [
        ("CAM", [MethodNames.Cam], false),
        ("Grad-CAM", [MethodNames.GradCam], false),
        ("Grad-CAM + saliency", [MethodNames.GradCam, MethodNames.Saliency], true),
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var request = WrittenRequest.Parse(arguments) with { Causal = CausalChoice.Off }; // The bare model makes none.
        using var bare = new BareModel(request.Model, request.BatchSize);
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, torch {TorchSharp.torch.__version__}, {TorchSharp.torch.get_num_threads()} threads, batch {bare.BatchSize}");
        Console.WriteLine($"{"",-22}{"bound/s",10}{"audit/s",10}{"explain/s",11}{"ratio",8}   (medians of {Rounds}; ratio = audit / bound; explain: the running phase alone)");
        foreach (var (name, methods, gradient) in Cases)
        {
            var rounds = new List<(double Bound, double Audit, double Explain)>();
            for (int round = 0; round < Rounds; round++)
            {
                var (audit, explain, items) = await AuditAsync(request with { Methods = methods }, ct);
                var bound = await (gradient ? bare.ForwardAndInputGradientAsync(items) : bare.ForwardAsync(items));
                rounds.Add((bound, audit, explain));
            }

            Console.WriteLine($"{name,-22}{Median(rounds.Select(r => r.Bound)),10:F1}{Median(rounds.Select(r => r.Audit)),10:F1}{Median(rounds.Select(r => r.Explain)),11:F1}{Median(rounds.Select(r => r.Audit / r.Bound)),8:F3}");
        }

        return 0;
    }

    /// <summary>Items a second of the whole audit and of its running phase.</summary>
    private static async Task<(double Audit, double Explain, int Items)> AuditAsync(AuditRequest request, CancellationToken ct)
    {
        var output = Directory.CreateTempSubdirectory("batchxai-benchmark-").FullName;
        try
        {
            var phases = new PhaseClock();
            var ended = await EmbeddedAudit.RunAsync(request, output, fresh: false, phases, ct);
            var whole = phases.Whole;
            var items = ended.Report?.Dataset.Items ?? throw new InvalidOperationException(ended.Error);
            return (items / whole, items / phases.Running, (int)items);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

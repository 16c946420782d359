using System.Globalization;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;
using TorchSharp;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>The bare model in processes of their own, each with one torch thread and one processor: what processors that share caches and memory leave to each other.</summary>
internal static class BareProcess
{
    private const int Images = 1_024;

    /// <summary>What such a process does: prints its images a second.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        torch.set_num_threads(1);
        var request = WrittenRequest.Parse(arguments);
        using var bare = new BareModel(request.Model, request.BatchSize);
        var rate = await (request.Methods.Contains(MethodNames.Saliency) ? bare.ForwardAndInputGradientAsync(Images) : bare.ForwardAsync(Images));
        Console.WriteLine(rate.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Images a second of so many of them side by side, together.</summary>
    public static async Task<double> RateAsync(IReadOnlyList<string> arguments, int processes, CancellationToken ct)
    {
        var started = Enumerable.Range(0, processes).Select(processor => ClusterProcess.Start($"bare model {processor + 1}", "BatchXai.Benchmarks", ["bare", .. arguments], new Dictionary<string, string>(), processor)).ToList();
        try
        {
            var rates = await Task.WhenAll(started.Select(async process => await process.EndAsync(ct) == 0
                ? double.Parse(process.Log.Split(' ', '\n')[^1], CultureInfo.InvariantCulture)
                : throw new InvalidOperationException(process.Log)));
            return rates.Sum();
        }
        finally
        {
            foreach (var process in started)
            {
                await process.DisposeAsync();
            }
        }
    }
}

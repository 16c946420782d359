using System.Diagnostics;
using System.Runtime.InteropServices;
using BatchXai.Clusters.Workspaces;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace BatchXai.Benchmarks;

/// <summary>
/// What running an ONNX graph operator by operator from .NET costs: our forward pass against the same graph as one TorchScript function, on the
/// same weights and input. Both run in turn, so that a machine that slows down slows both.
/// </summary>
internal static class Executor
{
    private const int Rounds = 25;
    private const int WarmUp = 4;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var request = WrittenRequest.Parse(arguments);
        var ended = new TaskCompletionSource<List<(double Ours, double Script)>>(TaskCreationOptions.RunContinuationsAsynchronously);
        LibTorch.EnsureLoaded();
        TorchHeap.StartThread("executor", () =>
        {
            try
            {
                ended.SetResult(Measure(request.Model.Path, request.BatchSize));
            }
            catch (Exception failure)
            {
                ended.SetException(failure);
            }
        });
        var rounds = await ended.Task;
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, torch {__version__}, {get_num_threads()} threads, batch {request.BatchSize}");
        Console.WriteLine($"executor {1000 * Median(rounds.Select(round => round.Ours)):F1} ms, TorchScript {1000 * Median(rounds.Select(round => round.Script)):F1} ms, "
            + $"ratio {Median(rounds.Select(round => round.Ours / round.Script)):F3} (medians of {Rounds} rounds)");
        return 0;
    }

    private static List<(double Ours, double Script)> Measure(string path, int batch)
    {
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(path));
        using var script = new ScriptedGraph(graph);
        var (input, output) = (graph.Model.Graph.Inputs[0], graph.Model.Graph.Outputs[0].Name);
        using var off = no_grad();
        using var x = randn([batch, .. input.Dims.Skip(1).Select(side => side ?? throw new NotSupportedException($"the model leaves a side of '{input.Name}' free"))]);
        var feeds = new Dictionary<string, Tensor> { [input.Name] = x };
        RequireSame(graph.Run(feeds, output)[output], script.Forward(x));

        List<(double, double)> rounds = [];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            double Ours() => Seconds(() => graph.Run(feeds, output)[output].Dispose());
            double Script() => Seconds(() => script.Forward(x).Dispose());

            // Whoever comes second finds the other's memory in the caches.
            var (ours, theirs) = round % 2 == 0 ? (Ours(), Script()) : Swapped(Script(), Ours());
            if (round >= 0)
            {
                rounds.Add((ours, theirs));
            }
        }

        return rounds;
    }

    private static (double Ours, double Script) Swapped(double script, double ours) => (ours, script);

    private static void RequireSame(Tensor ours, Tensor theirs)
    {
        using (ours)
        using (theirs)
        {
            using var difference = (ours - theirs).abs().max();
            if (difference.item<float>() > 1e-5 * theirs.abs().max().item<float>())
            {
                throw new InvalidOperationException($"the two do not compute the same: they differ by {difference.item<float>()}");
            }
        }
    }

    private static double Seconds(Action pass)
    {
        var clock = Stopwatch.StartNew();
        pass();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

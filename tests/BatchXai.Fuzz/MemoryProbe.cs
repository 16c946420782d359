using System.Globalization;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Fuzz;

/// <summary>What a model takes of memory: prints the peak before it is loaded and after it has run once, in megabytes.</summary>
internal static class MemoryProbe
{
    public static int Run(string path)
    {
        LibTorch.EnsureLoaded();
        using (var warm = torch.ones(1).Plus(Held(1)))
        {
            Console.WriteLine(PeakMegabytes());
        }

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(path));
        var feeds = graph.Model.Graph.Inputs.ToDictionary(input => input.Name, input => torch.ones([.. input.Dims.Select(dim => dim ?? 1)]));
        graph.Run(feeds, [.. graph.Model.Graph.Outputs.Select(output => output.Name)]);
        Console.WriteLine(PeakMegabytes());
        return 0;
    }

    /// <summary>The most physical memory that this process has held, file pages included.</summary>
    public static long PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(status => status.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}

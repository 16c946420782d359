using System.Diagnostics;
using System.Globalization;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using TorchSharp;

namespace BatchXai.Fuzz;

/// <summary>A range of trials in one process. Exit codes: 0 as it should be, 2 an error of an unforeseen kind, 3 a trial that hangs.</summary>
internal static class Campaign
{
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(30);

    public static int Usage()
    {
        Console.Error.WriteLine("fuzz COUNT [FIRST] [STATE] | show TRIAL | seeds | memory MODEL");
        return 1;
    }

    public static int Run(int count, int first, string? state)
    {
        Prepare();
        using var workplace = new Workplace();
        using var mark = state is null ? null : File.OpenHandle(state, FileMode.Create, FileAccess.Write, FileShare.Read);
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unforeseen = 0;
        using var watchdog = new Watchdog(LongestTrial, trial =>
        {
            Console.WriteLine($"HANG trial {trial}");
            Environment.Exit(3);
        });
        for (var trial = first; trial < first + count; trial++)
        {
            if (mark is not null)
            {
                RandomAccess.Write(mark, System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{trial,-12}")), 0);
            }

            watchdog.Begin(trial);
            var outcome = Trial.Of(trial, workplace);
            tally[outcome.Kind] = tally.GetValueOrDefault(outcome.Kind) + 1;
            if (outcome.Unforeseen is { } error)
            {
                unforeseen++;
                Console.WriteLine($"UNFORESEEN trial {trial} ({outcome.Model}): {Shortened(error)}");
            }
        }

        Console.WriteLine(string.Join('\n', tally.Select(entry => $"{entry.Value} {entry.Key}")));
        Console.WriteLine($"peak {MemoryProbe.PeakMegabytes()} MB");
        return unforeseen == 0 ? 0 : 2;
    }

    /// <summary>Prints a damaged model before it runs, to see why it does harm.</summary>
    public static int Show(int trial)
    {
        Prepare();
        using var workplace = new Workplace();
        var model = Trial.Parsed(trial, workplace);
        Print(model.Graph, "");
        Console.WriteLine(Trial.Of(trial, workplace));
        return 0;
    }

    private static void Print(OnnxGraph graph, string indent)
    {
        foreach (var (name, tensor) in graph.Initializers)
        {
            Console.WriteLine($"{indent}{name}: {tensor.ElementType} [{string.Join(", ", tensor.Dims)}] {Convert.ToHexString(tensor.Data.Span[..Math.Min(64, tensor.Data.Length)])}");
        }

        foreach (var input in graph.Inputs)
        {
            Console.WriteLine($"{indent}input {input.Name}: {input.ElementType} [{string.Join(", ", input.Dims)}]");
        }

        foreach (var node in graph.Nodes)
        {
            var attributes = node.Attributes.Values.Select(attribute => $"{attribute.Name}={attribute.Int}{attribute.Float}{node.Text(attribute.Name, "")}[{string.Join(" ", attribute.Ints)}{string.Join(" ", attribute.Floats)}]");
            Console.WriteLine($"{indent}{node.OpType}({string.Join(", ", node.Inputs)}) -> {string.Join(", ", node.Outputs)} {string.Join(" ", attributes)}");
            foreach (var subgraph in node.Attributes.Values.Select(attribute => attribute.Graph).OfType<OnnxGraph>())
            {
                Print(subgraph, indent + "    ");
            }
        }

        Console.WriteLine($"{indent}output {string.Join(", ", graph.Outputs.Select(output => output.Name))}");
    }

    public static int RunSeeds()
    {
        Prepare();
        using var workplace = new Workplace();
        var failed = 0;
        foreach (var seed in Seeds.All)
        {
            var outcome = Trial.Undamaged(seed, workplace);
            Console.WriteLine($"{seed.Name}: {outcome.Kind} {outcome.Message}");
            failed += outcome.Kind == Trial.Ran ? 0 : 1;
        }

        return failed == 0 ? 0 : 2;
    }

    private static void Prepare()
    {
        LibTorch.EnsureLoaded();
        torch.set_num_threads(1);
    }

    private static string Shortened(Exception error) => string.Join('\n', error.ToString().Split('\n').Take(12));
}

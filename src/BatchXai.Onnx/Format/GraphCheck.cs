namespace BatchXai.Onnx.Format;

/// <summary>What a graph must hold for its names to make sense.</summary>
internal static class GraphCheck
{
    /// <summary>No input is declared twice, and nothing is an input or an initializer and made by a node too.</summary>
    public static void NamesDiffer(IReadOnlyList<OnnxValueInfo> inputs, IReadOnlyDictionary<string, OnnxTensor> initializers, IEnumerable<OnnxNode> nodes)
    {
        RequireDistinct(inputs.Select(input => input.Name), "The graph");
        var given = inputs.Select(input => input.Name).Concat(initializers.Keys).ToHashSet();
        foreach (var node in nodes)
        {
            if (node.Outputs.FirstOrDefault(output => output.Length > 0 && given.Contains(output)) is { } twice)
            {
                throw new OnnxFormatException($"Tensor '{twice}' is an input or an initializer, and node '{node.Name}' ({node.OpType}) makes it too. The file is damaged; export it again.");
            }
        }
    }

    /// <summary>No two functions answer to the same call.</summary>
    public static void FunctionsDiffer(IEnumerable<OnnxFunction> functions)
    {
        var seen = new HashSet<(string, string, string)>();
        foreach (var function in functions)
        {
            RequireDistinct(function.Inputs, $"Function '{function.Domain}::{function.Name}'");
            if (!seen.Add((function.Domain, function.Name, function.Overload)))
            {
                throw new OnnxFormatException($"Function '{function.Domain}::{function.Name}' is defined twice. The file is damaged; export it again.");
            }
        }
    }

    /// <summary>Every tensor that a node or an output reads is made by something.</summary>
    public static void AllInputsExist(OnnxGraph graph)
    {
        var known = graph.Inputs.Select(input => input.Name)
            .Concat(graph.Initializers.Keys)
            .Concat(graph.Nodes.SelectMany(node => node.Outputs))
            .Append("")
            .ToHashSet();
        var missing = graph.Nodes
            .SelectMany(node => node.Reads.Select(input => (input, Reader: $"node '{node.Name}' ({node.OpType})")))
            .Concat(graph.Outputs.Select(output => (output.Name, "the graph's output list")))
            .Where(read => !known.Contains(read.Item1))
            .ToList();
        if (missing.Count > 0)
        {
            var (tensor, reader) = missing[0];
            var more = missing.Count > 1 ? $" and {missing.Count - 1} more" : "";
            throw new OnnxFormatException($"Nothing makes tensor '{tensor}', which {reader} reads{more}. The file is damaged; export it again.");
        }
    }

    private static void RequireDistinct(IEnumerable<string> inputs, string where)
    {
        var seen = new HashSet<string>();
        if (inputs.FirstOrDefault(name => !seen.Add(name)) is { } twice)
        {
            throw new OnnxFormatException($"{where} has two inputs named '{twice}'. The file is damaged; export it again.");
        }
    }
}

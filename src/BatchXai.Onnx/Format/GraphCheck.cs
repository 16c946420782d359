namespace BatchXai.Onnx.Format;

/// <summary>What a graph must hold for its names to make sense.</summary>
internal static class GraphCheck
{
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
}

namespace BatchXai.Onnx.Graph;

/// <summary>Puts nodes after the nodes whose outputs they read (Kahn), keeping the file's order where it is free.</summary>
internal static class TopologicalOrder
{
    /// <summary>The nodes in order, numbered by their places.</summary>
    /// <exception cref="OnnxFormatException">There is a cycle, or two nodes make the same tensor.</exception>
    public static IReadOnlyList<OnnxNode> Of(IEnumerable<OnnxNode> unordered)
    {
        OnnxNode[] nodes = [.. unordered.Select((node, index) => node with { Index = index })];
        var producers = Producers(nodes);
        var waitingFor = new int[nodes.Length];
        var readers = nodes.Select(_ => new List<int>()).ToArray();
        foreach (var node in nodes)
        {
            foreach (var input in node.Reads.Distinct())
            {
                if (producers.TryGetValue(input, out var producer))
                {
                    readers[producer].Add(node.Index);
                    waitingFor[node.Index]++;
                }
            }
        }

        var ready = new PriorityQueue<int, int>(nodes.Where(node => waitingFor[node.Index] == 0).Select(node => (node.Index, node.Index)));
        var ordered = new List<OnnxNode>(nodes.Length);
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(nodes[next] with { Index = ordered.Count });
            foreach (var reader in readers[next].Where(reader => --waitingFor[reader] == 0))
            {
                ready.Enqueue(reader, reader);
            }
        }

        return ordered.Count == nodes.Length
            ? ordered
            : throw new OnnxFormatException($"The graph has a cycle through node '{nodes[Array.FindIndex(waitingFor, count => count > 0)].Name}'. The file is damaged; export it again.");
    }

    private static Dictionary<string, int> Producers(OnnxNode[] nodes)
    {
        var producers = new Dictionary<string, int>();
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
            {
                if (!producers.TryAdd(output, node.Index))
                {
                    throw new OnnxFormatException($"Tensor '{output}' is made twice, by nodes '{nodes[producers[output]].Name}' and '{node.Name}'. The file is damaged; export it again.");
                }
            }
        }

        return producers;
    }
}

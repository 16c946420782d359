using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>The ways that data take from one tensor of a graph to another. Sizes, indices and truth values are no data: no evidence flows through them.</summary>
internal static class TailGraph
{
    private static readonly string[] Blind = ["Shape", "Size", "NonZero", "ArgMax", "ArgMin", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Not", "And", "Or"];

    /// <summary>Tensors that carry data from a tensor onwards, in order of execution.</summary>
    internal static List<string> DataFrom(OnnxGraph graph, string tensor)
    {
        var carried = new HashSet<string> { tensor };
        var ordered = new List<string>();
        foreach (var node in graph.Nodes.Where(node => DataInputs(node).Any(carried.Contains)))
        {
            ordered.AddRange(DataOutputs(node).Where(carried.Add));
        }

        return ordered;
    }

    /// <summary>Operators on the paths from one tensor to another, in order of execution.</summary>
    internal static List<string> OperatorsBetween(OnnxGraph graph, string from, string to) =>
        [.. Between(graph, from, to).Select(tensor => graph.Producer(tensor)!.OpType)];

    /// <summary>Tensors that carry data from one tensor to another, the last included, in order of execution.</summary>
    internal static List<string> Between(OnnxGraph graph, string from, string to)
    {
        var needed = new HashSet<string> { to };
        foreach (var node in graph.Nodes.Reverse().Where(node => node.Outputs.Any(needed.Contains)))
        {
            needed.UnionWith(DataInputs(node));
        }

        return [.. DataFrom(graph, from).Where(needed.Contains)];
    }

    /// <summary>Tensors that every path passes, the last one included, in order of execution: behind such a tensor nothing reads what was before it.</summary>
    internal static List<string> Cuts(OnnxGraph graph, string from, string to)
    {
        var ordered = Between(graph, from, to);
        var place = ordered.Index().ToDictionary(tensor => tensor.Item, tensor => tensor.Index);
        place[from] = -1;
        var farthest = new Dictionary<string, int>();
        foreach (var tensor in ordered)
        {
            foreach (var read in DataInputs(graph.Producer(tensor)!).Where(place.ContainsKey))
            {
                farthest[read] = place[tensor];
            }
        }

        var cuts = new List<string>();
        var reach = farthest.GetValueOrDefault(from);
        foreach (var (at, tensor) in ordered.Index())
        {
            if (reach <= at)
            {
                cuts.Add(tensor);
            }

            reach = Math.Max(reach, farthest.GetValueOrDefault(tensor));
        }

        return cuts;
    }

    /// <summary>CastLike takes only a type from its second input; subgraphs read what they capture.</summary>
    internal static IEnumerable<string> DataInputs(OnnxNode node) =>
        Blind.Contains(node.OpType) ? [] : node.OpType == "CastLike" ? node.Inputs.Take(1) : node.Inputs.Concat(node.Captured);

    // Of most operators only the first output: the others are dropout masks, indices or running statistics.
    private static IEnumerable<string> DataOutputs(OnnxNode node) =>
        node.Outputs.Take(node.OpType is "Split" or "If" or "Loop" or "Scan" ? node.Outputs.Count : 1).Where(output => output.Length > 0);
}

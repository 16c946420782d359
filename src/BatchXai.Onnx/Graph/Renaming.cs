namespace BatchXai.Onnx.Graph;

/// <summary>
/// Gives the tensors of an inner graph names that are unique in the graph that takes it in: known names are mapped, all others get a prefix.
/// </summary>
/// <param name="prefix">Unique in the outer graph.</param>
/// <param name="known">Inner name → outer name: inputs, outputs, captured tensors.</param>
internal sealed class Renaming(string prefix, IReadOnlyDictionary<string, string> known)
{
    /// <summary>Fills in an attribute that refers to one of the calling node; null drops it.</summary>
    public Func<OnnxAttribute, OnnxAttribute?> Resolve { get; init; } = attribute => attribute;

    /// <summary>Operator sets that the inner nodes were written for, where they differ from the outer graph's.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; init; } = new Dictionary<string, long>();

    public string Of(string name) => name.Length == 0 ? "" : known.GetValueOrDefault(name, prefix + name);

    /// <summary>The nodes under their outer names; outputs that no inner node makes, or that were asked for twice, get an Identity.</summary>
    /// <param name="nodes">Inner nodes.</param>
    /// <param name="outputs">Inner and outer name of each output that is wanted.</param>
    public IEnumerable<OnnxNode> Splice(IReadOnlyList<OnnxNode> nodes, IEnumerable<(string Inner, string Outer)> outputs)
    {
        var made = nodes.SelectMany(node => node.Outputs).ToHashSet();
        var direct = new Dictionary<string, string>(known);
        var aliases = new List<OnnxNode>();
        foreach (var (inner, outer) in outputs)
        {
            if (!made.Contains(inner) || !direct.TryAdd(inner, outer))
            {
                aliases.Add(OnnxNode.Identity(inner, outer));
            }
        }

        var all = new Renaming(prefix, direct) { Resolve = Resolve, Opsets = Opsets };
        return nodes.Select(all.Renamed).Concat(aliases.Select(alias => alias with { Inputs = [all.Of(alias.Inputs[0])] }));
    }

    private OnnxNode Renamed(OnnxNode node) => Renamed(node, Of) with { Name = prefix + node.Name, Outputs = [.. node.Outputs.Select(Of)] };

    // Only what a subgraph reads from outside is renamed: its own names are nobody else's business.
    private OnnxNode Renamed(OnnxNode node, Func<string, string> rename) => node.With(
        [.. node.Inputs.Select(rename)],
        node.Attributes.Values.Select(Resolve).OfType<OnnxAttribute>()
            .Select(attribute => attribute.Graph is { } inner ? attribute with { Graph = Renamed(inner, rename) } : attribute)
            .ToDictionary(attribute => attribute.Name)) with { Opset = Opsets.TryGetValue(node.Domain, out var opset) ? opset : node.Opset };

    private OnnxGraph Renamed(OnnxGraph graph, Func<string, string> rename)
    {
        string Inner(string name) => name.Length == 0 || graph.Contains(name) ? name : rename(name);
        return new OnnxGraph(
            graph.Name,
            graph.Inputs,
            [.. graph.Outputs.Select(output => output with { Name = Inner(output.Name) })],
            [.. graph.Nodes.Select(node => Renamed(node, Inner))],
            graph.Initializers);
    }
}

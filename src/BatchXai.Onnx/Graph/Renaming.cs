namespace BatchXai.Onnx.Graph;

/// <summary>
/// Gives the tensors of an inner graph names that are unique in the graph that takes it in: known names are mapped, all others get a prefix.
/// </summary>
/// <param name="prefix">Unique in the outer graph.</param>
/// <param name="known">Inner name → outer name: inputs, outputs, captured tensors.</param>
/// <param name="resolve">Fills in an attribute that refers to one of the calling node; null drops it.</param>
internal sealed class Renaming(string prefix, IReadOnlyDictionary<string, string> known, Func<OnnxAttribute, OnnxAttribute?> resolve)
{
    public string Of(string name) => name.Length == 0 ? "" : known.GetValueOrDefault(name, prefix + name);

    public OnnxNode Of(OnnxNode node) => Renamed(node, Of) with { Name = prefix + node.Name, Outputs = [.. node.Outputs.Select(Of)] };

    // Only what a subgraph reads from outside is renamed: its own names are nobody else's business.
    private OnnxNode Renamed(OnnxNode node, Func<string, string> rename) => node.With(
        [.. node.Inputs.Select(rename)],
        node.Attributes.Values.Select(resolve).OfType<OnnxAttribute>()
            .Select(attribute => attribute.Graph is { } inner ? attribute with { Graph = Renamed(inner, rename) } : attribute)
            .ToDictionary(attribute => attribute.Name));

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

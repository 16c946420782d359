namespace BatchXai.Onnx.Graph;

/// <summary>
/// Replaces every node that calls a function of the model by the function's nodes, also within subgraphs and within functions. What remains
/// are operators.
/// </summary>
internal sealed class FunctionInlining
{
    private const int MostDepth = 32;

    private readonly Dictionary<(string Domain, string Name, string Overload), OnnxFunction> functions;
    private readonly int mostNodes;
    private int made;

    private FunctionInlining(IReadOnlyList<OnnxFunction> functions, int mostNodes)
        => (this.mostNodes, this.functions) = (mostNodes, functions.ToDictionary(function => (function.Domain, function.Name, function.Overload)));

    /// <exception cref="OnnxFormatException">Functions call each other without end, or make too many nodes.</exception>
    public static OnnxGraph Apply(OnnxGraph graph, IReadOnlyList<OnnxFunction> functions, OnnxLimits limits)
        => functions.Count == 0 ? graph : new FunctionInlining(functions, limits.Nodes).Inlined(graph, 0);

    private OnnxGraph Inlined(OnnxGraph graph, int depth)
        => new(graph.Name, graph.Inputs, graph.Outputs, TopologicalOrder.Of(graph.Nodes.SelectMany(node => Expanded(node, depth))), graph.Initializers);

    private IEnumerable<OnnxNode> Expanded(OnnxNode node, int depth)
    {
        if (++made > mostNodes || depth > MostDepth)
        {
            throw new OnnxFormatException($"The model's functions make more than {mostNodes} nodes or call each other more than {MostDepth} deep, at node '{node.Name}' ({node.OpType}). Export the model without functions.");
        }

        return functions.TryGetValue((node.Domain, node.OpType, node.Overload), out var function)
            ? Body(node, function).SelectMany(inner => Expanded(inner, depth + 1))
            : [WithSubgraphs(node, depth)];
    }

    private OnnxNode WithSubgraphs(OnnxNode node, int depth) => node.Attributes.Values.All(attribute => attribute.Graph is null)
        ? node
        : node.With(node.Inputs, node.Attributes.Values
            .Select(attribute => attribute.Graph is { } inner ? attribute with { Graph = Inlined(inner, depth + 1) } : attribute)
            .ToDictionary(attribute => attribute.Name));

    private static IEnumerable<OnnxNode> Body(OnnxNode call, OnnxFunction function)
    {
        var inputs = function.Inputs.Select((name, i) => (name, Outer: i < call.Inputs.Count ? call.Inputs[i] : "")).ToDictionary(input => input.name, input => input.Outer);
        var renaming = new Renaming($"{call.Outputs.FirstOrDefault(output => output.Length > 0)}/", inputs)
        {
            Opsets = function.Opsets,
            Resolve = attribute => attribute.ReferenceTo is not { } name ? attribute
                : (call.Attributes.GetValueOrDefault(name) ?? function.AttributeDefaults.GetValueOrDefault(name)) is { } given ? given with { Name = attribute.Name }
                : null,
        };
        return renaming.Splice(function.Nodes, function.Outputs.Zip(call.Outputs).Where(output => output.Second.Length > 0));
    }
}

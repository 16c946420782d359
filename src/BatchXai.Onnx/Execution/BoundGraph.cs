using BatchXai.Onnx.Graph;
using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>The kernel of every node, or the reason why it has none.</summary>
internal sealed class BoundGraph : IDisposable
{
    private readonly OnnxModel model;
    private readonly OnnxGraph graph;
    private readonly StaticTypes types;
    private readonly Kernel?[] kernels;
    private readonly string?[] problems;
    private readonly List<Subgraph>[] subgraphs;

    public BoundGraph(OnnxModel model)
        : this(model, model.Graph, null)
    {
    }

    private BoundGraph(OnnxModel model, OnnxGraph graph, StaticTypes? outer)
    {
        (this.model, this.graph, types) = (model, graph, new StaticTypes(graph, outer));
        kernels = new Kernel?[graph.Nodes.Count];
        problems = new string?[graph.Nodes.Count];
        subgraphs = [.. graph.Nodes.Select(_ => new List<Subgraph>())];
        foreach (var node in graph.Nodes)
        {
            Bind(node);
        }
    }

    public long OpsetOf(OnnxNode node) => node.Opset ?? model.OpsetOf(node.Domain);

    public bool IsSupported(OnnxNode node) => !Missing([node]).Any();

    /// <summary>Why a node cannot run, empty when its operator is not known at all; null when it can.</summary>
    public string? ProblemOf(OnnxNode node) => Missing([node]).Select(missing => missing.Problem ?? "").FirstOrDefault();

    public Kernel KernelOf(OnnxNode node) => kernels[node.Index] ?? throw new UnsupportedOperatorsException(Describe([node]));

    /// <exception cref="UnsupportedOperatorsException">Some of these nodes cannot run.</exception>
    public void RequireSupport(IEnumerable<OnnxNode> nodes)
    {
        var missing = Describe(nodes);
        if (missing.Count > 0)
        {
            throw new UnsupportedOperatorsException(missing);
        }
    }

    /// <summary>A subgraph of a node, ready to run.</summary>
    /// <exception cref="NotSupportedException">The node has no such attribute.</exception>
    public Subgraph Subgraph(OnnxNode node, string attribute)
    {
        var inner = node.Attributes.GetValueOrDefault(attribute)?.Graph ?? throw new NotSupportedException($"no {attribute} attribute");
        var subgraph = new Subgraph(inner, new BoundGraph(model, inner, types));
        subgraphs[node.Index].Add(subgraph);
        return subgraph;
    }

    public void Dispose()
    {
        foreach (var subgraph in subgraphs.SelectMany(all => all))
        {
            subgraph.Dispose();
        }
    }

    private void Bind(OnnxNode node)
    {
        var opset = OpsetOf(node);
        try
        {
            kernels[node.Index] = OperatorTable.Find(node.Domain, node.OpType, opset)?.Bind(new OperatorContext(node, opset, this, types));
        }
        catch (NotSupportedException reason)
        {
            problems[node.Index] = reason.Message;
        }
    }

    // Nodes without a kernel, those inside of subgraphs among them.
    private IEnumerable<(OnnxNode Node, string? Problem)> Missing(IEnumerable<OnnxNode> nodes) => nodes.SelectMany(node =>
        (kernels[node.Index] is null ? [(node, problems[node.Index])] : Enumerable.Empty<(OnnxNode, string?)>())
            .Concat(subgraphs[node.Index].SelectMany(subgraph => subgraph.Bound.Missing(subgraph.Bound.graph.Nodes))));

    private List<string> Describe(IEnumerable<OnnxNode> nodes) => [.. Missing(nodes)
        .GroupBy(missing => (missing.Node.Domain, missing.Node.OpType, missing.Problem))
        .OrderBy(group => group.Key.OpType, StringComparer.Ordinal)
        .Select(group => $"{OnnxModel.Shown(group.Key.Domain)}::{group.Key.OpType}-{OpsetOf(group.First().Node)}"
            + (group.Key.Problem is { } problem ? $" with {problem}" : "")
            + $" ({group.Count()} node{(group.Count() == 1 ? "" : "s")}, e.g. '{group.First().Node.Name}')")];
}

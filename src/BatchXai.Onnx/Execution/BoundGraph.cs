using BatchXai.Onnx.Graph;
using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>The kernel of every node, or the reason why it has none.</summary>
internal sealed class BoundGraph
{
    private readonly OnnxModel model;
    private readonly Kernel?[] kernels;
    private readonly string?[] problems;

    public BoundGraph(OnnxModel model)
    {
        this.model = model;
        kernels = new Kernel?[model.Graph.Nodes.Count];
        problems = new string?[model.Graph.Nodes.Count];
        var types = new StaticTypes(model.Graph);
        foreach (var node in model.Graph.Nodes)
        {
            Bind(node, types);
        }
    }

    public long OpsetOf(OnnxNode node) => model.OpsetOf(node.Domain);

    public bool IsSupported(OnnxNode node) => kernels[node.Index] is not null;

    public Kernel KernelOf(OnnxNode node) => kernels[node.Index] ?? throw new UnsupportedOperatorsException(Describe([node]));

    /// <exception cref="UnsupportedOperatorsException">Some of these nodes cannot run.</exception>
    public void RequireSupport(IEnumerable<OnnxNode> nodes)
    {
        var missing = nodes.Where(node => !IsSupported(node)).ToList();
        if (missing.Count > 0)
        {
            throw new UnsupportedOperatorsException(Describe(missing));
        }
    }

    private void Bind(OnnxNode node, StaticTypes types)
    {
        var opset = OpsetOf(node);
        try
        {
            kernels[node.Index] = OperatorTable.Find(node.Domain, node.OpType, opset)?.Bind(new OperatorContext(node, opset, types));
        }
        catch (NotSupportedException reason)
        {
            problems[node.Index] = reason.Message;
        }
    }

    private List<string> Describe(IEnumerable<OnnxNode> nodes) => [.. nodes
        .GroupBy(node => (node.Domain, node.OpType, Problem: problems[node.Index]))
        .OrderBy(group => group.Key.OpType, StringComparer.Ordinal)
        .Select(group => $"{(group.Key.Domain.Length == 0 ? "ai.onnx" : group.Key.Domain)}::{group.Key.OpType}-{OpsetOf(group.First())}"
            + (group.Key.Problem is { } problem ? $" with {problem}" : "")
            + $" ({group.Count()} node{(group.Count() == 1 ? "" : "s")}, e.g. '{group.First().Name}')")];
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Graph;

/// <summary>Puts the branch that runs in the place of every If whose condition is constant in the file, so that its nodes are nodes like all others.</summary>
internal static class ConstantConditions
{
    /// <exception cref="GraphExecutionException">A condition cannot be computed.</exception>
    public static OnnxModel Decide(OnnxModel model, ExecutionSettings settings)
    {
        // Each round takes away one level of nesting, which the parser limits.
        while (Decided(model, settings) is { Count: > 0 } decided)
        {
            model = model.With(Inline(model.Graph, decided));
        }

        return model;
    }

    private static Dictionary<int, OnnxGraph> Decided(OnnxModel model, ExecutionSettings settings)
    {
        var conditions = model.Graph.Nodes.Where(node => node is { OpType: "If", Domain: "", Inputs.Count: 1 }).ToList();
        if (conditions.Count == 0)
        {
            return [];
        }

        using var bound = new BoundGraph(model);
        using var constants = new ConstantStore(model.Graph, bound, settings);
        return conditions
            .Where(node => constants.IsConstant(node.Inputs[0]))
            .Select(node => (node.Index, Branch: node.Attributes.GetValueOrDefault(constants.Get(node.Inputs[0]).Scalar(settings) != 0 ? "then_branch" : "else_branch")?.Graph))
            .Where(decided => decided.Branch is not null)
            .ToDictionary(decided => decided.Index, decided => decided.Branch!);
    }

    private static OnnxGraph Inline(OnnxGraph graph, Dictionary<int, OnnxGraph> branches)
    {
        var nodes = new List<OnnxNode>();
        var initializers = graph.Initializers.ToDictionary();
        foreach (var node in graph.Nodes)
        {
            if (!branches.TryGetValue(node.Index, out var branch))
            {
                nodes.Add(node);
                continue;
            }

            var renaming = new Renaming($"{node.Outputs.FirstOrDefault(output => output.Length > 0)}/", branch.FreeNames.ToDictionary(name => name));
            foreach (var (name, tensor) in branch.Initializers)
            {
                initializers[renaming.Of(name)] = tensor with { Name = renaming.Of(name) };
            }

            nodes.AddRange(renaming.Splice(branch.Nodes, branch.Outputs.Select(output => output.Name).Zip(node.Outputs).Where(output => output.Second.Length > 0)));
        }

        return new OnnxGraph(graph.Name, graph.Inputs, graph.Outputs, TopologicalOrder.Of(nodes), initializers);
    }
}

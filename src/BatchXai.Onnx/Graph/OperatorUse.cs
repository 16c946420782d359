using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx;

/// <summary>How a model uses one operator.</summary>
/// <param name="Domain">Operator set; "ai.onnx" for the standard one.</param>
/// <param name="Operator">Its name.</param>
/// <param name="Opset">Version of the operator set that its nodes follow.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="Problem">Why some of them cannot run, empty when the operator is not known at all; null when all can.</param>
public sealed record OperatorUse(string Domain, string Operator, long Opset, int Nodes, string? Problem)
{
    /// <summary>Every operator of a model, the most used first. Subgraphs count for the node that holds them.</summary>
    public static IReadOnlyList<OperatorUse> Of(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var bound = new BoundGraph(model);
        return
        [
            .. model.Graph.Nodes
                .GroupBy(node => (node.Domain, node.OpType, Opset: bound.OpsetOf(node)))
                .Select(group => new OperatorUse(
                    OnnxModel.Shown(group.Key.Domain),
                    group.Key.OpType,
                    group.Key.Opset,
                    group.Count(),
                    group.Select(bound.ProblemOf).FirstOrDefault(problem => problem is not null)))
                .OrderByDescending(use => use.Nodes).ThenBy(use => use.Operator, StringComparer.Ordinal),
        ];
    }
}

using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>Finds what only training needs: statistics of the batch and random zeros. An explanation of such a model would explain chance.</summary>
internal static class TrainingMode
{
    /// <summary>The words by which operators refuse the same, when they are bound.</summary>
    internal const string Words = "training_mode";

    /// <summary>One problem for each operator concerned.</summary>
    internal static IEnumerable<string> Problems(OnnxGraph graph)
    {
        // Before opset 14 the mode is the number of outputs: running statistics are named, read or not.
        var norms = graph.Nodes.Where(node => node is { OpType: "BatchNormalization", Domain: "" } && (node.Int("training_mode", 0) != 0 || node.Outputs.Skip(1).Any(name => name.Length > 0))).ToList();
        if (norms.Count > 0)
        {
            yield return Describe(norms, "compute the statistics of each batch", "BatchNormalization");
        }

        var dropouts = graph.Nodes.Where(node => node is { OpType: "Dropout", Domain: "" } && Drops(graph, node)).ToList();
        if (dropouts.Count > 0)
        {
            yield return Describe(dropouts, "drop values at random", "Dropout");
        }
    }

    // Inputs are data, ratio, training_mode; a ratio of zero drops nothing.
    private static bool Drops(OnnxGraph graph, OnnxNode node) =>
        node.Inputs.Count > 2 && Constant(graph, node.Inputs[2]) is { } mode && mode.ToInt64().Any(flag => flag != 0)
        && !(Constant(graph, node.Inputs[1]) is { } ratio && ratio.ToSingle().All(value => value == 0));

    private static OnnxTensor? Constant(OnnxGraph graph, string tensor) =>
        graph.Initializers.TryGetValue(tensor, out var value) ? value
        : graph.Producer(tensor) is { } node ? (node.OpType == "Identity" ? Constant(graph, node.Inputs[0]) : node.Tensor("value"))
        : null;

    private static string Describe(List<OnnxNode> nodes, string what, string op) =>
        $"The model was exported in training mode: {nodes.Count} {op} node(s), '{nodes[0].Name}' first, {what}. Export it again for inference: model.eval() before torch.onnx.export, and no training=TrainingMode.TRAINING or PRESERVE.";
}

using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>What exporters put behind the scores: one operator, or several that are one function together.</summary>
internal static class ScorePattern
{
    private static readonly string[] Activations = ["Softmax", "LogSoftmax", "Sigmoid", "ArgMax", "TopK"];

    /// <summary>The scores that a node, with the nodes before it, makes probabilities or labels of, and what this is called; null when it does not.</summary>
    internal static (string Scores, string Part)? Before(OnnxGraph graph, OnnxNode node) => (node.Domain, node.OpType) switch
    {
        ("", var op) when Activations.Contains(op) => (node.Inputs[0], op),
        ("ai.onnx.ml", "ZipMap") => (node.Inputs[0], "ZipMap"),
        ("ai.onnx.ml", "Normalizer") when node.Text("norm", "MAX") == "SOFTMAX" => (node.Inputs[0], "Softmax"),
        ("", "Div") => Softmax(graph, node.Inputs[0], node.Inputs[1]),
        ("", "Mul") => Softmax(graph, node.Inputs[0], Argument(graph, node.Inputs[1], "Reciprocal")),
        ("", "Concat") when node.Inputs.Count == 2 => TwoClasses(graph, node),
        _ => null,
    };

    /// <summary>exp(z) / Σ exp(z), where z may be the scores minus their maximum.</summary>
    private static (string, string)? Softmax(OnnxGraph graph, string exponentials, string? sum)
    {
        if (Argument(graph, exponentials, "Exp") is not { } shifted || sum is null || Argument(graph, sum, "ReduceSum") != exponentials)
        {
            return null;
        }

        var isShifted = graph.Producer(shifted) is { OpType: "Sub", Domain: "" } sub && Argument(graph, sub.Inputs[1], "ReduceMax") == sub.Inputs[0];
        return (isShifted ? graph.Producer(shifted)!.Inputs[0] : shifted, "Softmax");
    }

    /// <summary>(1 − p, p) with p = sigmoid(z), as scikit-learn's binary classifiers are written: the one score is z.</summary>
    private static (string, string)? TwoClasses(OnnxGraph graph, OnnxNode concat)
    {
        var (first, second) = (concat.Inputs[0], concat.Inputs[1]);
        return graph.Producer(first) is { OpType: "Sub", Domain: "" } sub && sub.Inputs[1] == second && Argument(graph, second, "Sigmoid") is { } z ? (z, "Sigmoid") : null;
    }

    private static string? Argument(OnnxGraph graph, string tensor, string op) =>
        graph.Producer(tensor) is { Domain: "" } node && node.OpType == op ? node.Inputs[0] : null;
}

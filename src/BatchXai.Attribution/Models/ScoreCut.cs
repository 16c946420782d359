using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>The tensor that holds the scores before any final Softmax or Sigmoid, where gradients do not vanish for confident predictions.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Activation">The operator that was cut off; null when there was none.</param>
internal sealed record ScoreCut(string Tensor, string? Activation)
{
    private static readonly string[] Activations = ["Softmax", "LogSoftmax", "Sigmoid", "ArgMax"];
    private static readonly string[] Reshapes = ["Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast", "Dropout"];

    /// <summary>Walks back from an output; null, with the reason added to <paramref name="problems"/>, when the named output does not exist.</summary>
    internal static ScoreCut? Find(OnnxGraph graph, string? output, List<string> problems)
    {
        if (output is not null && !graph.Contains(output))
        {
            var names = graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0).ToList();
            problems.Add($"The model has no tensor '{output}' to take the scores from. {NearNames.Suggest(output, names)}");
            return null;
        }

        if (output is null && graph.Outputs.Count == 0)
        {
            problems.Add("The model declares no output.");
            return null;
        }

        var cut = new ScoreCut(output ?? graph.Outputs[0].Name, null);
        while (Before(graph, cut.Tensor) is { } earlier)
        {
            cut = earlier;
        }

        return cut;
    }

    /// <summary>The input of the activation that makes a tensor, directly or through changes of shape or type only; null when there is none.</summary>
    private static ScoreCut? Before(OnnxGraph graph, string tensor)
    {
        for (var node = graph.Producer(tensor); node is not null; node = graph.Producer(node.Inputs[0]))
        {
            if (Activations.Contains(node.OpType))
            {
                return new ScoreCut(node.Inputs[0], node.OpType);
            }

            if (!Reshapes.Contains(node.OpType))
            {
                return null;
            }
        }

        return null;
    }
}

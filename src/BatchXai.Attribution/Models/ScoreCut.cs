using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>The tensor that holds the scores before any final Softmax or Sigmoid, where gradients do not vanish for confident predictions.</summary>
/// <param name="Output">The output that the search began at.</param>
/// <param name="Tensor">Name of the score tensor.</param>
/// <param name="CutOff">What was cut off between the two, in order of execution; empty when they are the same.</param>
internal sealed record ScoreCut(string Output, string Tensor, IReadOnlyList<string> CutOff)
{
    private static readonly string[] Reshapes = ["Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast", "CastLike", "Dropout"];

    /// <summary>What makes probabilities or labels of the scores; null when nothing was cut off.</summary>
    internal string? Activation => CutOff.FirstOrDefault(part => part != "ZipMap");

    /// <summary>
    /// Walks back from an output, the first that can hold class scores unless one is named; null, with the reason added to
    /// <paramref name="problems"/>, when the named tensor does not exist.
    /// </summary>
    internal static ScoreCut? Find(OnnxGraph graph, string? output, List<string> problems, List<string> warnings)
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

        return output is not null ? From(graph, output) : Choose(graph, warnings);
    }

    private static ScoreCut Choose(OnnxGraph graph, List<string> warnings)
    {
        var possible = graph.Outputs.Where(output => MayHoldScores(graph, output)).Select(output => From(graph, output.Name)).ToList();
        if (possible.Select(cut => cut.Tensor).Distinct().Count() > 1)
        {
            var others = possible.Where(cut => cut.Tensor != possible[0].Tensor).Select(cut => $"'{cut.Output}'").Distinct();
            warnings.Add($"The model has several outputs that may hold class scores; '{possible[0].Output}' is explained. The others are {string.Join(", ", others)}: name one with --output-tensor.");
        }

        return possible.Count > 0 ? possible[0] : From(graph, graph.Outputs[0].Name);
    }

    /// <summary>Floating-point numbers N×K, perhaps with axes of one; or the list of maps that ZipMap makes of them.</summary>
    private static bool MayHoldScores(OnnxGraph graph, OnnxValueInfo output) =>
        graph.Producer(output.Name) is { OpType: "ZipMap" }
        || (output.Kind == OnnxValueKind.Tensor && output.ElementType is OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Double && output.Dims.Skip(2).All(size => size == 1));

    private static ScoreCut From(OnnxGraph graph, string output)
    {
        var cut = new ScoreCut(output, output, []);
        while (Before(graph, cut.Tensor) is var (tensor, part))
        {
            cut = cut with { Tensor = tensor, CutOff = [part, .. cut.CutOff] };
        }

        return cut;
    }

    /// <summary>What lies before the activation that makes a tensor, directly or through changes of shape or type only; null when there is none.</summary>
    private static (string Tensor, string Part)? Before(OnnxGraph graph, string tensor)
    {
        for (var node = graph.Producer(tensor); node is { Inputs.Count: > 0 }; node = graph.Producer(node.Inputs[0]))
        {
            if (ScorePattern.Before(graph, node) is { } found)
            {
                return found;
            }

            if (!Reshapes.Contains(node.OpType))
            {
                return null;
            }
        }

        return null;
    }
}

namespace BatchXai.Onnx.Format;

/// <summary>
/// Whether per-channel weights have as many elements as there are channels. torch 2.9's exporter is known to write others
/// (pytorch/pytorch#166797, #169178).
/// </summary>
internal static class WeightCheck
{
    public static void LengthsFit(OnnxGraph graph)
    {
        var problems = graph.Nodes.Where(node => node.Domain.Length == 0).Select(node => Problem(graph, node)).OfType<string>().ToList();
        if (problems.Count > 0)
        {
            throw new OnnxFormatException($"Weights do not fit together: {string.Join("; ", problems)}. Models exported by torch 2.9 (dynamo=True) are known to be broken in this way: re-export with torch 2.10 or later, or with dynamo=False.");
        }
    }

    private static string? Problem(OnnxGraph graph, OnnxNode node) => node.OpType switch
    {
        "Conv" => Bias(graph, node, Weight(graph, node, 1)?.ElementAtOrDefault(0)),
        "ConvTranspose" => Bias(graph, node, Weight(graph, node, 1)?.ElementAtOrDefault(1) * node.Int("group", 1)),
        "Gemm" => Gemm(graph, node),
        "BatchNormalization" => BatchNormalization(graph, node),
        _ => null,
    };

    private static string? Bias(OnnxGraph graph, OnnxNode node, long? channels)
        => channels is { } expected && Weight(graph, node, 2) is [var length] && length != expected
            ? $"{node.OpType} '{node.Name}' has {expected} output channels and a bias of {length}"
            : null;

    private static string? Gemm(OnnxGraph graph, OnnxNode node)
        => Weight(graph, node, 1) is [var rows, var columns] && Weight(graph, node, 2) is [.., var length]
            && (node.Int("transB", 0) != 0 ? rows : columns) is var expected && length != 1 && length != expected
            ? $"Gemm '{node.Name}' has {expected} outputs and a bias of {length}"
            : null;

    private static string? BatchNormalization(OnnxGraph graph, OnnxNode node)
    {
        // A Conv right before tells the number of channels too.
        var conv = graph.Producer(node.Inputs.FirstOrDefault("")) is { OpType: "Conv", Domain: "" } producer ? Weight(graph, producer, 1)?.Take(1) : null;
        var lengths = Enumerable.Range(1, 4).Select(input => Weight(graph, node, input)).Where(dims => dims is [_]).Select(dims => dims![0]).Concat(conv ?? []).Distinct().ToList();
        return lengths.Count > 1 ? $"BatchNormalization '{node.Name}' and what it reads have {string.Join(" and ", lengths)} channels" : null;
    }

    private static IReadOnlyList<long>? Weight(OnnxGraph graph, OnnxNode node, int input)
        => input < node.Inputs.Count ? graph.Initializers.GetValueOrDefault(node.Inputs[input])?.Dims : null;
}

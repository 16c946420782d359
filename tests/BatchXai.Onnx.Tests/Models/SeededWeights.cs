namespace BatchXai.Onnx.Tests.Models;

/// <summary>
/// Gives a model whose weights are all alike (ConstantOfShape) different ones. Kernels become sin(a·b) of a random column and row, so that a large
/// one costs few numbers in the file; their deviation follows He. Parameters of normalizations stay positive.
/// </summary>
internal static class SeededWeights
{
    public static byte[] Of(OnnxModel model, string output)
    {
        var graph = model.Graph;
        var builder = new OnnxModelBuilder(model.OpsetOf());
        builder.Input(graph.Inputs[0].Name, graph.Inputs[0].Dims).Output(output);
        foreach (var initializer in graph.Initializers.Values.Where(initializer => graph.Consumers(initializer.Name).Any(reader => reader.OpType != "ConstantOfShape")))
        {
            builder.Initializer(initializer);
        }

        foreach (var node in graph.Nodes)
        {
            if (node.OpType == "ConstantOfShape")
            {
                Add(builder, node.Outputs[0], graph.Initializers[node.Inputs[0]].ToInt64(), node.Index, IsNormalization(graph, node.Outputs[0]));
            }
            else
            {
                builder.Node(node.OpType, "", node.Inputs, [node.Outputs[0]], [.. node.Attributes.Values.Select(attribute => (attribute.Name, Value(attribute)))]);
            }
        }

        return builder.ToBytes();
    }

    private static void Add(OnnxModelBuilder builder, string name, long[] dims, int seed, bool normalization)
    {
        if (dims.Length == 1)
        {
            builder.Initializer(name, dims, normalization ? SampleModels.Positive((int)dims[0], seed) : [.. SampleModels.Numbers((int)dims[0], seed).Select(value => 0.1f * value)]);
            return;
        }

        var (rows, columns) = ((int)dims[0], (int)dims[1..].Aggregate(1L, (product, dim) => product * dim));
        builder.Initializer($"{name} a", [rows, .. dims[1..].Select(_ => 1L)], [.. SampleModels.Numbers(rows, seed).Select(value => 40 * value)])
            .Initializer($"{name} b", [1, .. dims[1..]], SampleModels.Numbers(columns, seed + 1))
            .Initializer($"{name} deviation", [], [MathF.Sqrt(4f / columns)])
            .Node("Mul", [$"{name} a", $"{name} b"], $"{name} ab")
            .Node("Sin", [$"{name} ab"], $"{name} sin")
            .Node("Mul", [$"{name} sin", $"{name} deviation"], name);
    }

    private static bool IsNormalization(OnnxGraph graph, string name)
    {
        var readers = graph.Consumers(name);
        return readers.Any(reader => reader.OpType is "BatchNormalization" or "Mul")
            || readers.Any(reader => reader.OpType == "Unsqueeze" && graph.Consumers(reader.Outputs[0]).Any(next => next.OpType == "Mul"));
    }

    private static object Value(OnnxAttribute attribute) => attribute switch
    {
        { Float: { } number } => number,
        { Int: { } number } => number,
        { Text: { } text } => System.Text.Encoding.UTF8.GetString(text.Span),
        { Floats.Count: > 0 } => attribute.Floats.ToArray(),
        _ => attribute.Ints.ToArray(),
    };
}

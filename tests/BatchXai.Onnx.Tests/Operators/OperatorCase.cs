namespace BatchXai.Onnx.Tests.Operators;

/// <summary>A model of one operator.</summary>
/// <param name="Name">Shown name.</param>
/// <param name="Opset">Operator set.</param>
/// <param name="Shape">Of the differentiated input.</param>
/// <param name="Op">Operator.</param>
/// <param name="Weights">Shapes of further inputs, filled with positive numbers.</param>
/// <param name="Attributes">Attributes.</param>
/// <param name="Integers">Further integer inputs.</param>
/// <param name="Positive">Whether the input must be positive.</param>
internal sealed record OperatorCase(string Name, long Opset, long[] Shape, string Op, long[][] Weights, (string, object)[] Attributes, long[][]? Integers = null, bool Positive = false)
{
    public float[] Input()
    {
        var count = (int)Shape.Aggregate(1L, (product, dim) => product * dim);
        return Positive ? SampleModels.Positive(count, 42) : SampleModels.Numbers(count, 42);
    }

    public byte[] Model()
    {
        var builder = new OnnxModelBuilder(Opset).Input("x", [.. Shape.Select(dim => (long?)dim)]).Output("y");
        var inputs = new List<string> { "x" };
        foreach (var weight in Weights)
        {
            inputs.Add($"w{inputs.Count}");
            builder.Initializer(inputs[^1], weight, SampleModels.Positive((int)weight.Aggregate(1L, (product, dim) => product * dim), inputs.Count));
        }

        foreach (var integers in Integers ?? [])
        {
            inputs.Add($"i{inputs.Count}");
            builder.Initializer(inputs[^1], [integers.Length], integers);
        }

        return builder.Node(Op, inputs, "y", Attributes).ToBytes();
    }
}

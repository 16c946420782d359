using BatchXai.Onnx;

namespace BatchXai.Attribution.Tests;

/// <summary>A small model written in a test: input "x", then nodes in order; the last node's output is the model's.</summary>
internal sealed class TinyNet
{
    private readonly OnnxModelBuilder builder = new(opset: 13);
    private string output = "x";

    internal TinyNet(params long?[] input) => builder.Input("x", input);

    internal TinyNet Weight(string name, long[] dims, params float[] values)
    {
        builder.Initializer(name, dims, values.AsSpan());
        return this;
    }

    internal TinyNet Sizes(string name, params long[] values)
    {
        builder.Initializer(name, [values.Length], values.AsSpan());
        return this;
    }

    internal TinyNet Node(string op, string inputs, string result, params (string Name, object Value)[] attributes)
    {
        builder.Node(op, inputs.Split(' '), result, attributes);
        output = result;
        return this;
    }

    internal OnnxModel Build() => OnnxModel.Parse(builder.Output(output).ToBytes());
}

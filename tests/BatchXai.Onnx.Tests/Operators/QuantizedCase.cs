namespace BatchXai.Onnx.Tests.Operators;

/// <summary>A computation on quantized tensors, and the floating-point computation that it stands for.</summary>
/// <param name="Name">Shown name.</param>
/// <param name="Shape">Of x.</param>
/// <param name="Nodes">Adds the nodes from q, which is x quantized with scale 0.02 and zero point 120, to p.</param>
/// <param name="Plain">Adds the nodes from d, which is q dequantized, to y in floating point.</param>
/// <param name="Step">Distance of two values of the result.</param>
internal sealed record QuantizedCase(string Name, long[] Shape, Func<OnnxModelBuilder, OnnxModelBuilder> Nodes, Func<OnnxModelBuilder, OnnxModelBuilder> Plain, float Step)
{
    /// <summary>x → quantize → the nodes → dequantize → y. A case without a step gives y itself.</summary>
    public byte[] Model()
    {
        var builder = Start(Shape).Node("QuantizeLinear", ["x", "scale", "zero"], "q");
        var nodes = Nodes(builder);
        return (Step == 0 ? nodes : nodes.Node("DequantizeLinear", ["p", "out_scale", "out_zero"], "y")).ToBytes();
    }

    /// <summary>The same for q in floating point.</summary>
    public byte[] PlainModel() => Plain(Start(Shape).Node("Identity", ["x"], "d")).ToBytes();

    private OnnxModelBuilder Start(long[] shape) => new OnnxModelBuilder(21).Input("x", [.. shape.Select(dim => (long?)dim)]).Output("y")
        .Initializer(OperatorCase.Floats([], 0.02f) with { Name = "scale" }).Initializer(Constant.Byte(120) with { Name = "zero" })
        .Initializer(OperatorCase.Floats([], Step) with { Name = "out_scale" }).Initializer(Constant.Byte(100) with { Name = "out_zero" });
}

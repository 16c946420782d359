using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Types that travel in wider torch types keep their own range; small floating-point types round as their tables say.</summary>
public sealed class IntegerTypeTests
{
    [Theory]
    [InlineData("Sub", OnnxElementType.UInt16, 65535)]
    [InlineData("Sub", OnnxElementType.UInt32, 4294967295)]
    [InlineData("Add", OnnxElementType.UInt16, 5)]
    [InlineData("Mul", OnnxElementType.UInt16, 6)]
    [InlineData("BitwiseXor", OnnxElementType.UInt16, 1)]
    public void ResultsOfUnsignedTypes_Wrap(string op, OnnxElementType type, long expected)
    {
        var graph = Of(18, type, model => model.Node(op, ["typed", "other"], "y"), ("other", 3));

        Assert.Equal(expected, Run(graph, torch.tensor(2L)));
    }

    [Theory]
    [InlineData("LEFT", OnnxElementType.UInt8, 0xFF, 4, 0xF0)]
    [InlineData("LEFT", OnnxElementType.UInt16, 0xFFFF, 4, 0xFFF0)]
    [InlineData("LEFT", OnnxElementType.UInt32, 0xFFFF_FFFF, 4, 0xFFFF_FFF0)]
    [InlineData("RIGHT", OnnxElementType.UInt32, 0xFFFF_FFFF, 4, 0x0FFF_FFFF)]
    [InlineData("RIGHT", OnnxElementType.UInt64, -1, 4, 0x0FFF_FFFF_FFFF_FFFF)]
    [InlineData("RIGHT", OnnxElementType.UInt64, -1, 0, -1)]
    public void BitShift_FillsWithZeros(string direction, OnnxElementType type, long x, long places, long expected)
    {
        var graph = Of(11, type, model => model.Node("BitShift", ["typed", "n"], "y", ("direction", direction)), ("n", places));

        Assert.Equal(expected, Run(graph, torch.tensor(x)));
    }

    [Theory]
    [InlineData(OnnxElementType.UInt8, 0xF0)]
    [InlineData(OnnxElementType.UInt16, 0xFFF0)]
    [InlineData(OnnxElementType.UInt32, 0xFFFF_FFF0)]
    [InlineData(OnnxElementType.Int32, -16)]
    public void BitwiseNot_StaysInTheType(OnnxElementType type, long expected)
        => Assert.Equal(expected, Run(Of(18, type, model => model.Node("BitwiseNot", ["typed"], "y")), torch.tensor(15L)));

    [Theory]
    [InlineData(OnnxElementType.UInt8, 255)]
    [InlineData(OnnxElementType.UInt16, 65535)]
    [InlineData(OnnxElementType.UInt32, 4294967295)]
    [InlineData(OnnxElementType.Bool, 1)]
    public void Cast_OfMinusOne_Wraps(OnnxElementType target, long expected)
        => Assert.Equal(expected, Run(Of(19, OnnxElementType.Int64, model => model.Node("Cast", ["x"], "y", ("to", (int)target))), torch.tensor(-1L)));

    // Expected values are of the tables of the specification's Cast and of IEEE rounding to the nearest, ties to even.
    [Theory]
    [InlineData(OnnxElementType.Float8E4M3FN, 1, new[] { 0, 0.0625, -1.125, 448, -448, 0.001953125, double.NaN })]
    [InlineData(OnnxElementType.Float8E4M3FN, 0, new[] { 0, 0.0625, -1.125, double.NaN, double.NaN, 0.001953125, double.NaN })]
    [InlineData(OnnxElementType.Float8E4M3FNUZ, 1, new[] { 0, 0.0625, -1.125, 240, -240, 0.001953125, double.NaN })]
    [InlineData(OnnxElementType.Float8E5M2, 1, new[] { 0, 0.0625, -1, 57344, -57344, 0.00146484375, double.NaN })]
    [InlineData(OnnxElementType.Float8E5M2, 0, new[] { 0, 0.0625, -1, double.PositiveInfinity, double.NegativeInfinity, 0.00146484375, double.NaN })]
    [InlineData(OnnxElementType.Float8E5M2FNUZ, 0, new[] { 0, 0.0625, -1, double.NaN, double.NaN, 0.00146484375, double.NaN })]
    [InlineData(OnnxElementType.Float4E2M1, 1, new[] { 0.0, 0, -1, 6, -6, 0, 0 })]
    public void Cast_ToASmallFloat_Rounds(OnnxElementType target, int saturate, double[] expected)
    {
        var bytes = new OnnxModelBuilder(23).Input("x", [7]).Output("y")
            .Node("Cast", ["x"], "small", ("to", (int)target), ("saturate", saturate)).Node("Cast", ["small"], "y", ("to", (int)OnnxElementType.Float)).ToBytes();
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(bytes));
        using var x = torch.tensor([0f, 0.0625f, -1.0625f - 0.03f, 1e5f, float.NegativeInfinity, 0.0015f, float.NaN]).requires_grad_();

        using var y = graph.Run(SampleModels.Feed("x", x), "y")["y"];
        y.sum().backward();

        Assert.Equal(expected, Tensors.Values(y.detach()));
        Assert.Equal(1, Tensors.Values(x.grad!)[1]);
    }

    private static byte[] Of(long opset, OnnxElementType type, Func<OnnxModelBuilder, OnnxModelBuilder> nodes, params (string Name, long Value)[] constants)
    {
        var model = new OnnxModelBuilder(opset).Input("x", [], OnnxElementType.Int64).Output("y", [], OnnxElementType.Int64).Node("Cast", ["x"], "typed", ("to", (int)type));
        foreach (var (name, value) in constants)
        {
            model.Initializer($"{name}.long", [], [value]).Node("Cast", [$"{name}.long"], name, ("to", (int)type));
        }

        return nodes(model).ToBytes();
    }

    private static long Run(byte[] model, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));
        return graph.Run(SampleModels.Feed("x", x), "y")["y"].to(torch.ScalarType.Int64).item<long>();
    }
}

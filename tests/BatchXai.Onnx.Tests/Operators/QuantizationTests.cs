using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Quantized operators: values against ONNX Runtime, straight-through gradients against the floating-point operators that they stand for.</summary>
public sealed class QuantizationTests
{
    public static TheoryData<string> Names => [.. QuantizedCases.All.Keys];

    // A rounding of a half may fall differently where the factors are multiplied in another order: one step, rarely. ONNX Runtime's softmax counts in integers, so there it is less rare.
    [Theory]
    [MemberData(nameof(Names))]
    public void Output_MatchesOnnxRuntime(string name)
    {
        using var scope = torch.NewDisposeScope();
        var test = QuantizedCases.All[name];
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(test.Model()));
        var x = Input(test, 0.9f);

        var ours = Tensors.Values(graph.Run(SampleModels.Feed("x", torch.tensor(x, test.Shape)), "y")["y"]);
        var (theirs, _) = OrtSession.Run(test.Model(), "x", x, Array.ConvertAll(test.Shape, dim => (int)dim));

        Assert.Equal(theirs.Length, ours.Length);
        var scale = theirs.Max(Math.Abs) * 1e-5;
        Assert.All(ours.Zip(theirs), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, scale + (test.Step * 1.001)));
        Assert.InRange(ours.Zip(theirs).Count(pair => Math.Abs(pair.First - pair.Second) > scale), 0, ours.Length / (name == "QLinearSoftmax" ? 6 : 50));
        Assert.True(theirs.Distinct().Count() > theirs.Length / 10, "the case says nothing");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_IsThatOfTheFloatingPointOperator(string name)
    {
        using var scope = torch.NewDisposeScope();
        var test = QuantizedCases.All[name];
        using var quantized = DifferentiableGraph.Compile(OnnxModel.Parse(test.Model()), doublePrecision: true);
        using var plain = DifferentiableGraph.Compile(OnnxModel.Parse(test.PlainModel()), doublePrecision: true);
        var x = torch.tensor(Array.ConvertAll(Input(test, 0.4f), value => (double)value), test.Shape).requires_grad_();
        var scale = (double)0.02f;
        var onGrid = x.detach().div(Held(scale)).round().mul(Held(scale)).requires_grad_();

        var y = quantized.Run(SampleModels.Feed("x", x), "y")["y"];
        var expected = plain.Run(SampleModels.Feed("x", onGrid), "y")["y"];
        var direction = torch.tensor(Array.ConvertAll(SampleModels.Numbers((int)y.numel(), 43), value => (double)value), y.shape);
        torch.autograd.backward([y], [direction], inputs: [x]);
        torch.autograd.backward([expected], [direction.reshape(expected.shape)], inputs: [onGrid]);

        Assert.InRange(Tensors.RelativeError(x.grad!, onGrid.grad!), 0, 1e-6);
        Assert.Contains(Tensors.Values(x.grad!), value => value != 0);
    }

    [Fact]
    public void Gradient_EndsWhereTheTypeEnds()
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(FakeQuantization(OnnxElementType.Int8)));

        // int8 with scale 0.5 and zero point 0 holds -64 to 63.5; up to a quarter beyond still rounds to the last value.
        var x = torch.tensor([-70f, -64.2f, -64, 0.3f, 63.7f, 64, 1e9f]).requires_grad_();
        var y = graph.Run(SampleModels.Feed("x", x), "y")["y"];
        torch.autograd.backward([y.sum()], inputs: [x]);

        Assert.Equal([-64, -64, -64, 0.5, 63.5, 63.5, 63.5], Tensors.Values(y));
        Assert.Equal([0, 1, 1, 1, 1, 0, 0], Tensors.Values(x.grad!));
    }

    [Theory]
    [InlineData(OnnxElementType.UInt8, torch.ScalarType.Byte)]
    [InlineData(OnnxElementType.Int8, torch.ScalarType.Int8)]
    [InlineData(OnnxElementType.Int16, torch.ScalarType.Int16)]
    [InlineData(OnnxElementType.UInt16, torch.ScalarType.Int32)]
    public void FetchedQuantizedTensors_AreIntegers(OnnxElementType type, torch.ScalarType expected)
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(FakeQuantization(type)));

        var q = graph.Run(SampleModels.Feed("x", torch.tensor([0.25f, 0.75f, 3, 1e6f]).requires_grad_()), "q")["q"];

        // Halves are rounded to even.
        Assert.Equal(expected, q.dtype);
        Assert.Equal([0, 2, 6], Tensors.Values(q)[..3]);
        Assert.Equal(type switch { OnnxElementType.UInt8 => 255, OnnxElementType.Int8 => 127, OnnxElementType.Int16 => 32767, _ => 65535 }, Tensors.Values(q)[3]);
    }

    [Fact]
    public void IntegerArithmetic_OnQuantizedTensors_ComputesOnTheIntegers()
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(21).Input("x", [3]).Output("y", type: OnnxElementType.Int8)
            .Initializer(OperatorCase.Floats([], 0.5f) with { Name = "scale" }).Initializer(Constant.SByte(0) with { Name = "zero" }).Initializer(Constant.SByte(2) with { Name = "two" })
            .Node("QuantizeLinear", ["x", "scale", "zero"], "q").Node("Div", ["q", "two"], "y").ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        Assert.Equal([-1, 0, 3], Tensors.Values(graph.Run(SampleModels.Feed("x", torch.tensor([-1.5f, 0.5f, 3.5f])), "y")["y"]));
    }

    [Fact]
    public void QuantizedTensors_CanBeFedInFloatingPoint_AndPassAGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(FakeQuantization(OnnxElementType.Int8)));
        var q = torch.tensor([3f, -5]).requires_grad_();

        var y = graph.Run(SampleModels.Feed("q", q), "y")["y"];
        torch.autograd.backward([y.sum()], inputs: [q]);

        Assert.Equal([1.5, -2.5], Tensors.Values(y));
        Assert.Equal([0.5, 0.5], Tensors.Values(q.grad!));
    }

    [Fact]
    public void DynamicQuantization_PassesTheGradientAsItIs()
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(17).Input("x", [null]).Output("y")
            .Node("DynamicQuantizeLinear", "", ["x"], ["q", "scale", "zero"]).Node("DequantizeLinear", ["q", "scale", "zero"], "y").ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));
        var x = torch.tensor(SampleModels.Numbers(50, 3)).requires_grad_();

        torch.autograd.backward([graph.Run(SampleModels.Feed("x", x), "y")["y"].sum()], inputs: [x]);

        Assert.All(Tensors.Values(x.grad!), value => Assert.Equal(1, value, 1e-6));
    }

    private static byte[] FakeQuantization(OnnxElementType type) => new OnnxModelBuilder(21).Input("x", [null]).Output("y")
        .Initializer(OperatorCase.Floats([], 0.5f) with { Name = "scale" })
        .Initializer(new OnnxTensor("zero", type, [], new byte[type is OnnxElementType.Int8 or OnnxElementType.UInt8 ? 1 : 2]))
        .Node("QuantizeLinear", ["x", "scale", "zero"], "q").Node("DequantizeLinear", ["q", "scale", "zero"], "y").ToBytes();

    private static float[] Input(QuantizedCase test, float size)
        => [.. SampleModels.Numbers((int)test.Shape.Aggregate(1L, (product, dim) => product * dim), 5).Select(value => value * size)];
}

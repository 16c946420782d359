using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Second outputs, indices and steps, which have no gradient, against ONNX Runtime.</summary>
public sealed class OperatorOutputTests
{
    private static readonly Dictionary<string, (byte[] Model, long[] Shape)> Models = new()
    {
        ["MaxPool indices 1-D"] = Model("MaxPool", 12, [2, 3, 7], [OnnxElementType.Float, OnnxElementType.Int64], [], ("kernel_shape", new[] { 3 }), ("strides", new[] { 2 }), ("pads", new[] { 0, 1 })),
        ["MaxPool indices 2-D"] = Model("MaxPool", 12, [2, 3, 5, 6], [OnnxElementType.Float, OnnxElementType.Int64], [], ("kernel_shape", new[] { 3, 2 }), ("pads", new[] { 1, 1, 1, 1 })),
        ["MaxPool indices in 8"] = Model("MaxPool", 8, [2, 3, 5, 6], [OnnxElementType.Float, OnnxElementType.Int64], [], ("kernel_shape", new[] { 3, 2 }), ("strides", new[] { 2, 2 })),
        ["MaxPool indices by columns"] = Model("MaxPool", 12, [2, 3, 5, 6], [OnnxElementType.Float, OnnxElementType.Int64], [], ("kernel_shape", new[] { 3, 2 }), ("pads", new[] { 1, 0, 1, 1 }), ("storage_order", 1)),
        ["MaxPool indices 3-D ceil"] = Model("MaxPool", 12, [1, 2, 4, 5, 6], [OnnxElementType.Float, OnnxElementType.Int64], [], ("kernel_shape", new[] { 2, 2, 3 }), ("strides", new[] { 2, 2, 2 }), ("ceil_mode", 1)),
        ["LayerNormalization statistics"] = Model("LayerNormalization", 17, [2, 3, 4], [OnnxElementType.Float, OnnxElementType.Float, OnnxElementType.Float], [Random(1, 3, 4), Random(2, 3, 4)], ("axis", 1)),
        ["Attention with past"] = Model("Attention", 23, [1, 2, 3, 4], [OnnxElementType.Float, OnnxElementType.Float, OnnxElementType.Float], [Random(1, 1, 2, 3, 4), Random(2, 1, 2, 3, 5), null, Random(4, 1, 2, 2, 4), Random(5, 1, 2, 2, 5)], ("is_causal", 1)),
        ["Attention scores"] = Model("Attention", 23, [1, 2, 3, 4], [OnnxElementType.Float, OnnxElementType.Float, OnnxElementType.Float, OnnxElementType.Float], [Random(1, 1, 2, 3, 4), Random(2, 1, 2, 3, 5)], ("qk_matmul_output_mode", 3)),
        ["Hardmax in 7"] = Model("Hardmax", 7, [2, 3, 4], [OnnxElementType.Float], []),
        ["Hardmax in 11"] = Model("Hardmax", 11, [2, 3, 4], [OnnxElementType.Float], [], ("axis", 2)),
        ["Hardmax in 13"] = Model("Hardmax", 13, [2, 3, 4], [OnnxElementType.Float], [], ("axis", 1)),
        ["ArgMax in 7"] = Model("ArgMax", 7, [2, 3, 4], [OnnxElementType.Int64], [], ("axis", 1), ("keepdims", 0)),
        ["ArgMax last"] = Model("ArgMax", 12, [2, 3, 4], [OnnxElementType.Int64], [], ("axis", -1), ("select_last_index", 1)),
        ["ArgMin in 13"] = Model("ArgMin", 13, [2, 3, 4], [OnnxElementType.Int64], []),
        ["Attention masked out"] = Model("Attention", 23, [1, 1, 2, 4], [OnnxElementType.Float], [Random(1, 1, 1, 3, 4), Random(2, 1, 1, 3, 4), Floats([2, 3], 0, float.NegativeInfinity, 0, 0, float.NegativeInfinity, float.NegativeInfinity)]),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_MatchOnnxRuntime(string name)
    {
        using var scope = torch.NewDisposeScope();
        var (bytes, shape) = Models[name];
        var x = SampleModels.Numbers((int)shape.Aggregate(1L, (product, dim) => product * dim), 42);
        var model = OnnxModel.Parse(bytes);
        using var graph = DifferentiableGraph.Compile(model);
        using var session = new InferenceSession(bytes);

        var ours = graph.Run(SampleModels.Feed("x", torch.tensor(x, shape)), [.. model.Graph.Outputs.Select(output => output.Name)]);
        using var theirs = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, Array.ConvertAll(shape, dim => (int)dim)))]);

        Assert.All(theirs, their => Assert.InRange(Tensors.RelativeError(ours[their.Name], Torch(their)), 0, 1e-5));
    }

    [Fact]
    public void ReduceMax_OfNothing_IsTheLowestNumberOfItsType()
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(20).Input("x", [2, 0], OnnxElementType.Int32).Output("y", type: OnnxElementType.Int32)
            .Initializer("axes", [1], [1L]).Node("ReduceMax", ["x", "axes"], "y", ("keepdims", 0)).ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        var y = graph.Run(SampleModels.Feed("x", torch.zeros([2, 0], torch.ScalarType.Int32)), "y")["y"];

        Assert.Equal([int.MinValue, int.MinValue], Tensors.Values(y));
    }

    [Theory]
    [InlineData(7, torch.ScalarType.Float32)]
    [InlineData(10, torch.ScalarType.Bool)]
    public void DropoutMask_KeepsAll_InTheTypeOfItsOpset(long opset, torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(Model("Dropout", opset, [2], [OnnxElementType.Float, OnnxElementType.Bool], []).Model));

        var mask = graph.Run(SampleModels.Feed("x", torch.zeros(2)), "y1")["y1"];

        Assert.Equal(type, mask.dtype);
        Assert.Equal([1.0, 1], Tensors.Values(mask));
    }

    [Theory]
    [InlineData("ReduceL2")]
    [InlineData("GlobalLpPool")]
    [InlineData("LpNormalization")]
    [InlineData("MeanVarianceNormalization")]
    public void Gradient_OfANormAtZero_IsZero(string op)
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(13).Input("x", [1, 1, 2, 2]).Output("y").Node(op, ["x"], "y").ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));
        var x = torch.zeros(1, 1, 2, 2).requires_grad_();

        var y = graph.Run(SampleModels.Feed("x", x), "y")["y"];
        torch.autograd.backward([y.sum()], inputs: [x]);

        Assert.All(Tensors.Values(x.grad!), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void ResizeOfWholeNumbers_PicksPixels()
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(13).Input("x", [1, 1, 1, 2], OnnxElementType.UInt8).Output("y", type: OnnxElementType.UInt8)
            .Initializer("scales", [4], [1f, 1, 1, 2]).Node("Resize", ["x", "", "scales"], "y", ("mode", "nearest")).ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        var y = graph.Run(SampleModels.Feed("x", torch.tensor(new byte[] { 3, 250 }, [1, 1, 1, 2])), "y")["y"];

        Assert.Equal(torch.ScalarType.Byte, y.dtype);
        Assert.Equal([3.0, 3, 250, 250], Tensors.Values(y));
    }

    [Theory]
    [InlineData("BatchNormalization", 14, "training_mode=1; export after model.eval()")]
    [InlineData("Resize", 13, "mode=area")]
    [InlineData("GridSample", 16, "mode=area")]
    [InlineData("RoiAlign", 16, "mode=area")]
    [InlineData("DepthToSpace", 13, "mode=area")]
    public void UnknownVariant_IsRefusedByName(string op, long opset, string reason)
    {
        var model = new OnnxModelBuilder(opset).Input("x", [1, 4, 2, 2]).Output("y")
            .Node(op, ["x", "x", "x", "x", "x"], "y", ("training_mode", 1), ("mode", "area"), ("blocksize", 2)).ToBytes();

        var refused = Assert.Throws<UnsupportedOperatorsException>(() => DifferentiableGraph.Compile(OnnxModel.Parse(model)));

        Assert.Contains($"{op}-{opset} with {reason}", Assert.Single(refused.Operators), StringComparison.Ordinal);
    }

    private static (byte[] Model, long[] Shape) Model(string op, long opset, long[] shape, OnnxElementType[] outputs, OnnxTensor?[] constants, params (string, object)[] attributes)
    {
        var builder = new OnnxModelBuilder(opset).Input("x", [.. shape.Select(dim => (long?)dim)]);
        string[] names = [.. outputs.Select((_, i) => $"y{i}")];
        foreach (var (name, type) in names.Zip(outputs))
        {
            builder.Output(name, type: type);
        }

        var inputs = new List<string> { "x" };
        foreach (var constant in constants)
        {
            inputs.Add(constant is null ? "" : $"c{inputs.Count}");
            if (constant is not null)
            {
                builder.Initializer(constant with { Name = inputs[^1] });
            }
        }

        return (builder.Node(op, "", inputs, names, attributes).ToBytes(), shape);
    }

    private static torch.Tensor Torch(DisposableNamedOnnxValue value) => value.Value is Tensor<long> integers
        ? torch.tensor(integers.ToArray(), Array.ConvertAll(integers.Dimensions.ToArray(), dim => (long)dim))
        : torch.tensor(value.AsTensor<float>().ToArray(), Array.ConvertAll(value.AsTensor<float>().Dimensions.ToArray(), dim => (long)dim));
}

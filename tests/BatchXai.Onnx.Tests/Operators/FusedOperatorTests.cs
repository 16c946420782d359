using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;
using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Fused operators that ONNX Runtime does not run on the CPU against the operators that they are made of, and further outputs.</summary>
public sealed class FusedOperatorTests
{
    private const string Microsoft = "com.microsoft";

    [Fact]
    public void NhwcFusedConv_IsConvAndActivationBetweenTransposes()
        => AssertSame(
            [2, 5, 4, 3],
            builder => With(builder).Node("NhwcFusedConv", Microsoft, ["x", "w", "b"], ["y"], ("activation", "Tanh"), ("pads", new[] { 1, 1, 0, 0 })),
            builder => With(builder).Node("Transpose", ["x"], "first", ("perm", new[] { 0, 3, 1, 2 }))
                .Node("Conv", ["first", "w", "b"], "conv", ("pads", new[] { 1, 1, 0, 0 })).Node("Tanh", ["conv"], "active").Node("Transpose", ["active"], "y", ("perm", new[] { 0, 2, 3, 1 })));

    [Fact]
    public void NhwcMaxPool_IsMaxPoolBetweenTransposes()
        => AssertSame(
            [2, 5, 4, 3],
            builder => builder.Node("NhwcMaxPool", Microsoft, ["x"], ["y"], ("kernel_shape", new[] { 2, 2 }), ("ceil_mode", 1), ("strides", new[] { 2, 2 })),
            builder => builder.Node("Transpose", ["x"], "first", ("perm", new[] { 0, 3, 1, 2 }))
                .Node("MaxPool", ["first"], "pool", ("kernel_shape", new[] { 2, 2 }), ("ceil_mode", 1), ("strides", new[] { 2, 2 })).Node("Transpose", ["pool"], "y", ("perm", new[] { 0, 2, 3, 1 })));

    [Fact]
    public void GroupNorm_IsGroupNormalizationAndSwishBetweenTransposes()
        => AssertSame(
            [2, 3, 2, 4],
            builder => Scaled(builder).Node("GroupNorm", Microsoft, ["x", "scale", "shift"], ["y"], ("groups", 2), ("epsilon", 1e-3f), ("activation", 1)),
            builder => Scaled(builder).Node("Transpose", ["x"], "first", ("perm", new[] { 0, 3, 1, 2 }))
                .Node("GroupNormalization", ["first", "scale", "shift"], "normal", ("num_groups", 2), ("epsilon", 1e-3f)).Node("Sigmoid", ["normal"], "gate").Node("Mul", ["normal", "gate"], "active")
                .Node("Transpose", ["active"], "y", ("perm", new[] { 0, 2, 3, 1 })));

    [Fact]
    public void MultiHeadAttention_Packed_IsThatOfItsParts()
        => AssertSame(
            [2, 5, 2, 3, 4],
            builder => builder.Node("MultiHeadAttention", Microsoft, ["x"], ["y"], ("num_heads", 2)),
            builder => builder.Node("Split", "", ["x"], ["q5", "k5", "v5"], ("axis", 3), ("num_outputs", 3)).Initializer("shape", [3], [2L, 5, 8])
                .Node("Reshape", ["q5", "shape"], "q").Node("Reshape", ["k5", "shape"], "k").Node("Reshape", ["v5", "shape"], "v").Node("MultiHeadAttention", Microsoft, ["q", "k", "v"], ["y"], ("num_heads", 2)));

    [Theory]
    [InlineData("SkipLayerNormalization", 1)]
    [InlineData("SkipLayerNormalization", 2)]
    [InlineData("SkipLayerNormalization", 3)]
    [InlineData("SkipSimplifiedLayerNormalization", 3)]
    public void SkipNormalization_GivesItsFurtherOutputs(string op, int output)
    {
        using var scope = torch.NewDisposeScope();
        var outputs = Enumerable.Range(0, output + 1).Select(i => i == output ? "y" : i == 0 ? "result" : "").ToArray();
        var model = new OnnxModelBuilder(17).Input("x", [2, 3, 4]).Output("y").Output("result")
            .Initializer(Random(1, 2, 3, 4) with { Name = "skip" }).Initializer(Random(2, 4) with { Name = "gamma" })
            .Node(op, Microsoft, ["x", "skip", "gamma"], outputs).ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));
        var x = torch.tensor(SampleModels.Numbers(24, 7), [2, 3, 4]);

        var sum = x.Plus(torch.tensor(SampleModels.Numbers(24, 1), [2, 3, 4]));
        var expected = output switch { 1 => sum.mean([-1], keepdim: true), 2 => sum.var([-1], false, true).Plus(Held(1e-12)).rsqrt(), _ => sum };
        Assert.InRange(Tensors.RelativeError(graph.Run(SampleModels.Feed("x", x), "y")["y"], expected), 0, 1e-5);
    }

    [Fact]
    public void ModelsOptimizedForOneProcessor_AreRefusedWithAdvice()
    {
        var model = new OnnxModelBuilder(17).Input("x", [1, 8, 4, 4]).Output("y").Node("ReorderInput", "com.microsoft.nchwc", ["x"], ["y"]).ToBytes();

        Assert.Contains("ORT_ENABLE_BASIC", Assert.Throws<UnsupportedOperatorsException>(() => DifferentiableGraph.Compile(OnnxModel.Parse(model))).Message, StringComparison.Ordinal);
    }

    private static OnnxModelBuilder With(OnnxModelBuilder builder) => builder.Initializer(Random(1, 6, 3, 2, 2) with { Name = "w" }).Initializer(Random(2, 6) with { Name = "b" });

    private static OnnxModelBuilder Scaled(OnnxModelBuilder builder) => builder.Initializer(Random(1, 4) with { Name = "scale" }).Initializer(Random(2, 4) with { Name = "shift" });

    private static void AssertSame(long[] shape, Func<OnnxModelBuilder, OnnxModelBuilder> fused, Func<OnnxModelBuilder, OnnxModelBuilder> plain)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(SampleModels.Numbers((int)shape.Aggregate(1L, (product, dim) => product * dim), 3), shape);
        Assert.InRange(Tensors.RelativeError(Run(fused, x), Run(plain, x)), 0, 1e-5);
    }

    private static torch.Tensor Run(Func<OnnxModelBuilder, OnnxModelBuilder> nodes, torch.Tensor x)
    {
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(nodes(new OnnxModelBuilder(21).Input("x", [.. x.shape.Select(dim => (long?)dim)]).Output("y")).ToBytes()));
        return graph.Run(SampleModels.Feed("x", x), "y")["y"];
    }
}

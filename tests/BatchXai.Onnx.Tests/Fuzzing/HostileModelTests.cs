using BatchXai.Onnx.Execution;
using TorchSharp;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Fuzzing;

/// <summary>Models that once ended the process, took its memory or gave an error of the wrong kind. Each now gives its reason.</summary>
public sealed class HostileModelTests
{
    public static TheoryData<string> Names => [.. Hostile.Keys];

    private static Dictionary<string, (OnnxModelBuilder Model, string Expected)> Hostile => new()
    {
        ["conv kernel"] = (Image().Initializer("w", [1, 1, 1, 1], [1f]).Node("Conv", ["x", "w"], "y", ("kernel_shape", new[] { 1L, 0 })), "out of range"),
        ["conv dilation"] = (Image().Initializer("w", [1, 1, 2, 1], [1f, 2f]).Node("Conv", ["x", "w"], "y", ("dilations", new[] { 1L << 30, 1 })), "covers"),
        ["conv pads"] = (Image().Initializer("w", [1, 1, 1, 1], [1f]).Node("Conv", ["x", "w"], "y", ("pads", new[] { 1L << 30, 0, 1 << 30, 0 })), "exceeds the budget"),
        ["conv negative pads"] = (Image().Initializer("w", [1, 1, 1, 1], [1f]).Node("Conv", ["x", "w"], "y", ("pads", new[] { -9L, 0, -9, 0 })), "covers"),
        ["transposed strides"] = (Image().Initializer("w", [1, 1, 1, 1], [1f]).Node("ConvTranspose", ["x", "w"], "y", ("strides", new[] { 1L << 30, 1 << 30 })), "exceeds the budget"),
        ["pool kernel"] = (Image().Node("AveragePool", ["x"], "y", ("kernel_shape", new[] { long.MaxValue, 1 })), "out of range"),
        ["expand"] = (Image().Initializer("n", [4], [1L << 40, 1L << 40, 2, 2]).Node("Expand", ["x", "n"], "y"), "exceeds the budget"),
        ["tile"] = (Image().Initializer("n", [4], [1L << 20, 1, 1, 1L << 20]).Node("Tile", ["x", "n"], "y"), "exceeds the budget"),
        ["constant of shape"] = (Image().Initializer("n", [1], [long.MaxValue]).Node("ConstantOfShape", ["n"], "y"), "exceeds the budget"),
        ["range"] = (Image().Initializer("a", [], [0L]).Initializer("b", [], [1L << 50]).Initializer("d", [], [1L]).Node("Range", ["a", "b", "d"], "y"), "exceeds the budget"),
        ["negative shape"] = (Image().Initializer("n", [1], [-5L]).Node("ConstantOfShape", ["n"], "y"), "negative size"),
        ["pad"] = (Image().Initializer("n", [8], [0L, 0, 0, 0, 0, 0, 1L << 40, 1L << 40]).Node("Pad", ["x", "n"], "y", ("mode", "edge")), "exceeds the budget"),
        ["resize"] = (Image().Initializer("n", [4], [1f, 1f, 1e9f, 1e9f]).Node("Resize", ["x", "", "n"], "y"), "exceeds the budget"),
        ["one-hot"] = (Image().Initializer("i", [1], [0L]).Initializer("n", [], [1L << 50]).Initializer("v", [2], [0f, 1f]).Node("OneHot", ["i", "n", "v"], "y"), "exceeds the budget"),
        ["split"] = (Image().Node("Split", ["x"], "y", ("num_outputs", 1L << 60)), "exceeds the budget"),
        ["too few outputs"] = (Image().Node("Split", "", ["x"], ["y", "z"], ("split", new[] { 1 }), ("axis", 0)).Output("z"), "2 outputs are named and 1 are made"),
        ["outer product"] = (Image().Initializer("n", [2], [1L << 20, 1]).Initializer("m", [2], [1L, 1L << 20])
            .Node("ConstantOfShape", ["n"], "column").Node("ConstantOfShape", ["m"], "row").Node("MatMul", ["column", "row"], "y"), "exceeds the budget"),
        ["broadcast"] = (Image().Initializer("n", [2], [1L << 20, 1]).Initializer("m", [2], [1L, 1L << 20])
            .Node("ConstantOfShape", ["n"], "column").Node("ConstantOfShape", ["m"], "row").Node("Add", ["column", "row"], "y"), "exceeds the budget"),
        ["einsum"] = (Image().Initializer("n", [1], [1L << 20]).Node("ConstantOfShape", ["n"], "v").Node("Einsum", ["v", "v"], "y", ("equation", "i,j->ij")), "exceeds the budget"),
        ["doubling"] = (Enumerable.Range(0, 64).Aggregate(Image(), (model, i) => model.Node("Concat", [i == 0 ? "x" : $"c{i}", i == 0 ? "x" : $"c{i}"], i == 63 ? "y" : $"c{i + 1}", ("axis", 0))), "exceeds the budget"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_HostileModel_GivesTheReason(string name)
    {
        using var scope = torch.NewDisposeScope();
        var (model, expected) = Hostile[name];

        var error = Assert.Throws<GraphExecutionException>(() =>
        {
            using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model.ToBytes()), new ExecutionSettings(torch.CPU, DoublePrecision: false) { MaxElements = 1 << 24 });
            return graph.Run(SampleModels.Feed("x", torch.ones(1, 1, 2, 2)), [.. graph.Model.Graph.Outputs.Select(output => output.Name)]);
        });

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    // oneDNN ends the process on such a stride; one window fits whatever the stride.
    [Fact]
    public void Run_StrideFarBeyondTheInput_IsOneWindow()
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(Image().Initializer("w", [1, 1, 2, 2], [1f, 2f, 3f, 4f])
            .Node("Conv", ["x", "w"], "y", ("strides", new[] { 1L, int.MaxValue }), ("pads", new[] { 0, 0, 1, 1 })).ToBytes()));

        Tensor y = graph.Run(SampleModels.Feed("x", torch.ones(1, 1, 2, 2)), "y")["y"];

        Assert.Equal([1, 1, 2, 1], y.shape);
        Assert.Equal([10, 3], Tensors.Values(y));
    }

    [Fact]
    public void Run_BranchThatGivesATensorTwice_GivesLivingTensors()
    {
        using var scope = torch.NewDisposeScope();
        var branch = new OnnxModelBuilder().Output("a").Output("a").Node("Neg", ["x"], "a");
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(Image().Node("ReduceMax", ["x"], "m", ("keepdims", 0)).Node("If", ["m"], "y", ("then_branch", branch), ("else_branch", branch)).ToBytes()));

        Assert.Equal([-1, -1, -1, -1], Tensors.Values(graph.Run(SampleModels.Feed("x", torch.ones(1, 1, 2, 2)), "y")["y"]));
    }

    [Fact]
    public void Compile_ConditionOfText_SaysSo()
    {
        var branch = new OnnxModelBuilder().Output("a").Node("Neg", ["x"], "a");
        var model = OnnxModel.Parse(Image().Initializer(new OnnxTensor("c", OnnxElementType.String, [], default)).Node("If", ["c"], "y", ("then_branch", branch), ("else_branch", branch)).ToBytes());

        Assert.Contains("holds String", Assert.Throws<GraphExecutionException>(() => DifferentiableGraph.Compile(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "two inputs named 'x'")]
    [InlineData(true, "two inputs named 'a'")]
    public void Parse_InputsOfOneName_AreRefused(bool inFunction, string expected)
    {
        var model = inFunction
            ? Image().Function("my", "F", ["a", "a"], ["b"], new OnnxModelBuilder().Node("Neg", ["a"], "b")).Node("F", "my", ["x", "x"], ["y"])
            : Image().Input("x", [1]).Node("Neg", ["x"], "y");

        Assert.Contains(expected, Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(model.ToBytes())).Message, StringComparison.Ordinal);
    }

    private static OnnxModelBuilder Image() => new OnnxModelBuilder(18).Input("x", [1, 1, 2, 2]).Output("y");
}

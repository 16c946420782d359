using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Indices out of range are an error that names the node, never a crash, whether the file holds them or they are computed.</summary>
public sealed class IndicesTests
{
    [Theory]
    [InlineData("Gather", true)]
    [InlineData("Gather", false)]
    [InlineData("GatherElements", true)]
    [InlineData("GatherElements", false)]
    [InlineData("GatherND", false)]
    [InlineData("ScatterElements", false)]
    [InlineData("ScatterND", false)]
    public void IndexOutOfRange_IsAnErrorThatNamesIt(string op, bool constant)
    {
        Assert.Equal(1, Run(op, constant, -4));
        Assert.Contains("index -5 is outside an axis of size 4", Assert.Throws<GraphExecutionException>(() => Run(op, constant, -5)).Message, StringComparison.Ordinal);
        Assert.Contains("index 4 is outside an axis of size 4", Assert.Throws<GraphExecutionException>(() => Run(op, constant, 4)).Message, StringComparison.Ordinal);
    }

    // x is 1, 2, 3, 4; what is scattered is 1.
    private static float Run(string op, bool constant, long index)
    {
        var (indices, scatters) = (constant ? "known" : "computed", op.StartsWith("Scatter", StringComparison.Ordinal));
        var bytes = new OnnxModelBuilder(16).Input("x", [4]).Input("i", [1, 1], OnnxElementType.Int64).Output("y")
            .Initializer("known", [1], [index]).Initializer("first", [1], [0L]).Initializer("one", [1], [1f])
            .Initializer("tuple", [2], [-1L, 1])
            .Initializer("flat", [1], [-1L])
            .Node("Reshape", ["i", op.EndsWith("ND", StringComparison.Ordinal) ? "tuple" : "flat"], "computed")
            .Node(op, scatters ? ["x", indices, "one"] : ["x", indices], "all")
            .Node("Gather", ["all", "first"], "y").ToBytes();
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(bytes));
        var feeds = new Dictionary<string, torch.Tensor> { ["x"] = torch.tensor([1f, 2, 3, 4]), ["i"] = torch.tensor(index).reshape(1, 1) };
        return graph.Run(feeds, "y")["y"].item<float>();
    }
}

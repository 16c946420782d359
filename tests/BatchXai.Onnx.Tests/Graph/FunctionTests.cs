using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Graph;

/// <summary>Operators that a model brings along.</summary>
public sealed class FunctionTests
{
    private static readonly OnnxAttribute Slope = new() { Name = "alpha", ReferenceTo = "slope", Kind = 1 };

    [Fact]
    public void Parse_Call_IsReplacedByTheFunctionsNodesWithTheCallsAttribute()
    {
        var body = new OnnxModelBuilder(15).Node("LeakyRelu", ["b"], "c", ("alpha", Slope)).Node("Neg", ["a"], "b");
        var graph = OnnxModel.Parse(new OnnxModelBuilder(18).Input("x", [1]).Output("y")
            .Function("my", "Leaky", ["a"], ["c"], body, "slope").Node("Leaky", "my", ["x"], ["y"], ("slope", 0.5f)).ToBytes()).Graph;

        Assert.Equal(["Neg", "LeakyRelu"], graph.Nodes.Select(node => node.OpType));
        Assert.Equal(["y/b", "y"], graph.Nodes.Select(node => node.Outputs[0]));
        Assert.Equal(0.5f, graph.Nodes[1].Float("alpha", 0));
        Assert.Equal(15, graph.Nodes[1].Opset);
    }

    [Fact]
    public void Run_FunctionOfAnotherOpset_KeepsThatOpsetsMeaning()
    {
        // Softmax of opset 11 normalises over all axes from the first on, of opset 13 over the last.
        using var scope = torch.NewDisposeScope();
        var body = new OnnxModelBuilder(11).Node("Softmax", ["a"], "c");
        using var graph = Compile(new OnnxModelBuilder(18).Input("x", [1, 2, 2]).Output("y").Output("z")
            .Function("my", "Old", ["a"], ["c"], body).Node("Old", "my", ["x"], ["y"]).Node("Softmax", ["x"], "z"));

        var results = graph.Run(SampleModels.Feed("x", torch.zeros(1, 2, 2)), "y", "z");

        Assert.All(Tensors.Values(results["y"]), value => Assert.Equal(0.25, value, 1e-6));
        Assert.All(Tensors.Values(results["z"]), value => Assert.Equal(0.5, value, 1e-6));
    }

    [Fact]
    public void Run_FunctionsWithinFunctionsAndBranches_LeaveOutputsAndOptionalInputsInPlace()
    {
        using var scope = torch.NewDisposeScope();
        var inner = new OnnxModelBuilder(18).Node("Clip", ["a", "low", "high"], "c");
        var outer = new OnnxModelBuilder(18).Opset("my", 1).Node("Limit", "my", ["a", "", "h"], ["b"]).Node("Neg", ["b"], "c");
        var branch = new OnnxModelBuilder(18).Output("r").Node("Outer", "my", ["x", "top"], ["r", "same"]);
        using var graph = Compile(new OnnxModelBuilder(18).Input("x", [2]).Input("c", [], OnnxElementType.Bool).Output("y")
            .Initializer("top", [], [1f])
            .Function("my", "Limit", ["a", "low", "high"], ["c"], inner)
            .Function("my", "Outer", ["a", "h"], ["c", "a"], outer)
            .Node("If", ["c"], "y", ("then_branch", branch), ("else_branch", new OnnxModelBuilder(18).Output("x"))));
        var x = torch.tensor([-3f, 5f]);

        double[] At(bool condition) => Tensors.Values(graph.Run(new Dictionary<string, torch.Tensor> { ["x"] = x, ["c"] = torch.tensor(condition) }, "y")["y"]);

        Assert.Equal([3, -1], At(true));
        Assert.Equal([-3, 5], At(false));
    }

    [Fact]
    public void Parse_FunctionThatCallsItself_IsRefused()
    {
        var body = new OnnxModelBuilder(18).Opset("my", 1).Node("Again", "my", ["a"], ["c"]);
        var model = new OnnxModelBuilder(18).Input("x", [1]).Output("y").Function("my", "Again", ["a"], ["c"], body).Node("Again", "my", ["x"], ["y"]).ToBytes();

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(model));

        Assert.Contains("call each other", error.Message, StringComparison.Ordinal);
    }

    private static DifferentiableGraph Compile(OnnxModelBuilder builder) => DifferentiableGraph.Compile(OnnxModel.Parse(builder.ToBytes()));
}

using TorchSharp;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Graph;

/// <summary>If, Loop, Scan and sequences: values, gradients, limits.</summary>
public sealed class ControlFlowTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(true, "Neg")]
    [InlineData(false, "Relu")]
    public void Compile_ConstantCondition_LeavesTheNodesOfTheBranchThatRuns(bool condition, string op)
    {
        var inner = new OnnxModelBuilder().Output("p").Initializer("two", [], [2f]).Node("Mul", ["x", "two"], "m").Node("Relu", ["m"], "p");
        var nested = new OnnxModelBuilder().Output("q").Node("If", ["f"], "q", ("then_branch", new OnnxModelBuilder().Output("x")), ("else_branch", inner));
        using var graph = Compile(new OnnxModelBuilder().Input("x", [2]).Output("y")
            .Initializer(new OnnxTensor("c", OnnxElementType.Bool, [], new byte[] { condition ? (byte)1 : (byte)0 }))
            .Initializer(new OnnxTensor("f", OnnxElementType.Bool, [], new byte[1]))
            .Node("If", ["c"], "y", ("then_branch", new OnnxModelBuilder().Output("n").Node("Neg", ["x"], "n")), ("else_branch", nested)));

        var y = graph.Run(SampleModels.Feed("x", torch.tensor([-1f, 3f])), "y")["y"];

        Assert.Equal(op, graph.Model.Graph.Producer("y")!.OpType);
        Assert.Equal(condition ? [1, -3] : [0, 6], Tensors.Values(y));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, -1)]
    public void Run_ConditionThatIsFed_TakesThatBranchWithItsGradient(bool condition, double gradient)
    {
        var yes = new OnnxModelBuilder().Output("t").Node("Add", ["x", "x"], "t");
        var no = new OnnxModelBuilder().Output("e").Node("Neg", ["x"], "e");
        using var graph = Compile(new OnnxModelBuilder().Input("x", [1]).Input("c", [], OnnxElementType.Bool).Output("y")
            .Node("If", ["c"], "y", ("then_branch", yes), ("else_branch", no)));
        var x = torch.tensor([3f]).requires_grad_();

        var y = graph.Run(new Dictionary<string, Tensor> { ["x"] = x, ["c"] = torch.tensor(condition) }, "y")["y"];
        torch.autograd.backward([y], [torch.ones(1)], inputs: [x]);

        Assert.Equal([gradient], Tensors.Values(x.grad!));
    }

    [Fact]
    public void Run_Loop_CarriesStateStacksScansAndDifferentiates()
    {
        // state ← state · w while state < 20, at most 10 times: 3, 6, 12, 24.
        var body = new OnnxModelBuilder().Input("i", [], OnnxElementType.Int64).Input("go", [], OnnxElementType.Bool).Input("s", [1])
            .Output("more", [], OnnxElementType.Bool).Output("next", [1]).Output("seen", [1])
            .Initializer("limit", [], [20f]).Node("Mul", ["s", "w"], "next").Node("Identity", ["s"], "seen").Node("Less", ["next", "limit"], "more");
        using var graph = Compile(new OnnxModelBuilder().Input("x", [1]).Output("y").Output("all")
            .Initializer("most", [], [10L]).Initializer("w", [1], [2f])
            .Node("Loop", "", ["most", "", "x"], ["y", "all"], ("body", body)));
        var x = torch.tensor([3f]).requires_grad_();

        var results = graph.Run(SampleModels.Feed("x", x), "y", "all");
        torch.autograd.backward([results["y"]], [torch.ones(1)], inputs: [x]);

        Assert.Equal([24], Tensors.Values(results["y"]));
        Assert.Equal([3, 1], results["all"].shape);
        Assert.Equal([3, 6, 12], Tensors.Values(results["all"]));
        Assert.Equal([8], Tensors.Values(x.grad!));
    }

    [Fact]
    public void Run_LoopWithoutEnd_IsStopped()
    {
        using var endless = Compile(new OnnxModelBuilder().Input("x", [1]).Output("y")
            .Node("Loop", "", ["", "", "x"], ["y"], ("body", new OnnxModelBuilder().Input("i", [], OnnxElementType.Int64).Input("go", [], OnnxElementType.Bool).Input("s", [1]).Output("go").Output("s"))));

        var error = Assert.Throws<GraphExecutionException>(() => endless.Run(SampleModels.Feed("x", torch.zeros(1)), "y"));

        Assert.Contains("loops without end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SplitAtAndConcat_DifferentiateThroughTheSequence()
    {
        using var graph = Compile(new OnnxModelBuilder().Input("x", [3, 2]).Output("y")
            .Initializer("last", [], [-1L]).Initializer("first", [], [0L])
            .Node("SplitToSequence", ["x"], "s", ("keepdims", 0))
            .Node("SequenceAt", ["s", "last"], "c").Node("SequenceErase", ["s", "first"], "t").Node("SequenceInsert", ["t", "c"], "u")
            .Node("ConcatFromSequence", ["u"], "y", ("axis", 0), ("new_axis", 1)));
        var x = torch.tensor([1f, 2f, 3f, 4f, 5f, 6f], [3, 2]).requires_grad_();

        var y = graph.Run(SampleModels.Feed("x", x), "y")["y"];
        torch.autograd.backward([y], [torch.ones_like(y)], inputs: [x]);

        Assert.Equal([3, 4, 5, 6, 5, 6], Tensors.Values(y));
        Assert.Equal([0, 0, 1, 1, 2, 2], Tensors.Values(x.grad!));
    }

    [Fact]
    public void Run_Sequences_LeaveNothingBehind()
    {
        using var graph = Compile(new OnnxModelBuilder().Input("x", [3, 2]).Output("y")
            .Initializer("one", [], [1L]).Node("SplitToSequence", ["x"], "s").Node("SequenceAt", ["s", "one"], "y"));
        var x = torch.zeros(3, 2);
        graph.Run(SampleModels.Feed("x", x), "y")["y"].Dispose();

        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        graph.Run(SampleModels.Feed("x", x), "y")["y"].Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Run_SequenceFetched_SaysSo()
    {
        using var graph = Compile(new OnnxModelBuilder().Input("x", [3, 2]).Output("s").Node("SplitToSequence", ["x"], "s"));

        var error = Assert.Throws<ArgumentException>(() => graph.Run(SampleModels.Feed("x", torch.zeros(3, 2)), "s"));

        Assert.Contains("'s' is a sequence", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_UnknownOperatorInABranch_IsNamed()
    {
        var branch = new OnnxModelBuilder().Output("n").Node("Frobnicate", ["x"], "n");
        var model = OnnxModel.Parse(new OnnxModelBuilder().Input("x", [1]).Input("c", [], OnnxElementType.Bool).Output("y")
            .Node("If", ["c"], "y", ("then_branch", branch), ("else_branch", branch)).ToBytes());

        var error = Assert.Throws<UnsupportedOperatorsException>(() => DifferentiableGraph.Compile(model));

        Assert.Equal(["ai.onnx::Frobnicate-17 (2 nodes, e.g. 'n')"], error.Operators);
    }

    private static DifferentiableGraph Compile(OnnxModelBuilder builder) => DifferentiableGraph.Compile(OnnxModel.Parse(builder.ToBytes()));
}

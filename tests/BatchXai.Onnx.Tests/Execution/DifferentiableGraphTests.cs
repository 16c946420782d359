using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Execution;

public sealed class DifferentiableGraphTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly DifferentiableGraph graph = DifferentiableGraph.Compile(OnnxModel.Parse(SampleModels.Classifier()));

    public void Dispose()
    {
        graph.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Run_CutAtAnyTensor_GivesTheWholeGraphsOutput()
    {
        var x = SampleModels.Images(3);
        var whole = graph.Run(SampleModels.Feed("x", x), "logits")["logits"];
        foreach (var cut in new[] { "conv", "norm", "relu", "pool", "flat", "logits" })
        {
            var part = graph.Run(SampleModels.Feed("x", x), cut)[cut];
            var resumed = graph.Run(SampleModels.Feed(cut, part), "logits")["logits"];

            Assert.InRange(Tensors.RelativeError(resumed, whole), 0, 1e-5);
        }
    }

    [Fact]
    public void Run_ConvOutputFetched_IsTheConvolutionWithoutTheNormThatIsFoldedOtherwise()
    {
        var x = SampleModels.Images(1);
        var weight = graph.Constant("w")!;
        var bias = graph.Constant("b")!;

        var results = graph.Run(SampleModels.Feed("x", x), "conv", "norm");
        var alone = graph.Run(SampleModels.Feed("x", x), "norm")["norm"];

        Assert.InRange(Tensors.RelativeError(results["conv"], torch.nn.functional.conv2d(x, weight, bias, padding: [1, 1])), 0, 1e-5);
        Assert.InRange(Tensors.RelativeError(alone, results["norm"]), 0, 1e-5);
    }

    [Fact]
    public void Run_FedWeight_ReplacesTheConstantAndWhatIsFoldedFromIt()
    {
        var x = SampleModels.Images(1);
        var weight = torch.zeros(4, 3, 3, 3);

        var norm = graph.Run(new Dictionary<string, Tensor> { ["x"] = x, ["w"] = weight }, "conv", "norm")["norm"];
        var folded = graph.Run(new Dictionary<string, Tensor> { ["x"] = x, ["w"] = weight }, "norm")["norm"];

        Assert.InRange(Tensors.RelativeError(folded, norm), 0, 1e-6);
        Assert.Equal(Tensors.Values(norm[0, 0, 0, 0])[0], Tensors.Values(norm[0, 0, 7, 7])[0], 1e-6);
    }

    [Fact]
    public void Run_GradModeAndFeedThatRequiresGrad_RecordsAndStopsAtTheFeed()
    {
        var activation = graph.Run(SampleModels.Feed("x", SampleModels.Images(2)), "relu")["relu"].detach().requires_grad_();
        var logits = graph.Run(SampleModels.Feed("relu", activation), "logits")["logits"];
        var oneHot = torch.zeros_like(logits);
        oneHot[0, 1] = 1;
        oneHot[1, 4] = 1;

        torch.autograd.backward([logits], [oneHot], inputs: [activation]);

        // d logit_c / d A = head[c] / (H·W) for global average pooling and a linear head.
        var head = graph.Constant("head")!;
        var expected = torch.stack([head[1], head[4]]).reshape(2, 4, 1, 1).expand(2, 4, 8, 8).div(Held(64));
        Assert.InRange(Tensors.RelativeError(activation.grad!, expected), 0, 1e-6);
    }

    [Fact]
    public void Run_NoGrad_RecordsNothing()
    {
        using var noGrad = torch.no_grad();
        var x = SampleModels.Images(1).requires_grad_();

        Assert.False(graph.Run(SampleModels.Feed("x", x), "logits")["logits"].requires_grad);
    }

    [Fact]
    public void Run_FeedWithoutGrad_RecordsNothing()
        => Assert.False(graph.Run(SampleModels.Feed("x", SampleModels.Images(1)), "logits")["logits"].requires_grad);

    [Fact]
    public void Run_ManyTimes_LeavesOnlyTheResultsAlive()
    {
        var x = SampleModels.Images(1);
        foreach (var (_, tensor) in graph.Run(SampleModels.Feed("x", x), "logits", "relu"))
        {
            tensor.Dispose();
        }

        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 20; i++)
        {
            foreach (var (_, tensor) in graph.Run(SampleModels.Feed("x", x), "logits", "relu"))
            {
                tensor.Dispose();
            }
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void Run_ResultOutsideAnyScope_IsTheCallers()
    {
        Tensor logits;
        using (var inner = torch.NewDisposeScope())
        {
            logits = graph.Run(SampleModels.Feed("x", SampleModels.Images(1)), "logits")["logits"];
            Assert.Contains(logits, inner.DisposablesView);
            logits.DetachFromDisposeScope();
        }

        Assert.Equal([1, 5], logits.shape);
        logits.Dispose();
    }

    [Fact]
    public void Run_FedOrConstantFetched_IsAHandleOfItsOwn()
    {
        var x = SampleModels.Images(1);
        var results = graph.Run(SampleModels.Feed("x", x), "x", "head");
        results["x"].Dispose();
        results["head"].Dispose();

        Assert.Equal([1, 3, 8, 8], x.shape);
        Assert.Equal([5, 4], graph.Constant("head")!.shape);
    }

    [Fact]
    public void Run_MissingFeed_NamesIt()
    {
        var error = Assert.Throws<ArgumentException>(() => graph.Run(new Dictionary<string, Tensor>(), "logits"));

        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownName_NamesItAndTheInputs()
    {
        var error = Assert.Throws<ArgumentException>(() => graph.Run(SampleModels.Feed("x", SampleModels.Images(1)), "logit"));

        Assert.Contains("'logit'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'logits'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongShape_NamesNodeOperatorAndShapes()
    {
        var error = Assert.Throws<GraphExecutionException>(() => graph.Run(SampleModels.Feed("x", torch.zeros(1, 2, 8, 8)), "logits"));

        Assert.Contains("ai.onnx::", error.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 2, 8, 8]", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void CanCompute_AcrossACut_IsTrueOnlyBehindIt()
    {
        Assert.True(graph.CanCompute("logits", ["relu"]));
        Assert.True(graph.CanCompute("head", []));
        Assert.False(graph.CanCompute("conv", ["relu"]));
        Assert.Throws<ArgumentException>(() => graph.CanCompute("nothing", ["x"]));
    }

    [Fact]
    public void CanCompute_SkipConnectionAroundTheCut_IsFalse()
    {
        using var skip = DifferentiableGraph.Compile(OnnxModel.Parse(new OnnxModelBuilder().Input("x", [1]).Output("y")
            .Node("Relu", ["x"], "a").Node("Neg", ["a"], "b").Node("Add", ["a", "b"], "y").ToBytes()));

        Assert.False(skip.CanCompute("y", ["b"]));
        Assert.True(skip.CanCompute("y", ["a"]));
    }

    [Fact]
    public void Compile_UnknownOperators_ListsAllOfThem()
    {
        var model = OnnxModel.Parse(new OnnxModelBuilder(13).Input("x", [1]).Output("y")
            .Node("Frobnicate", ["x"], "a").Node("Frobnicate", ["a"], "b").Node("Foo", "com.example", ["b"], ["y"]).Node("Bar", ["x"], "unused").ToBytes());

        var error = Assert.Throws<UnsupportedOperatorsException>(() => DifferentiableGraph.Compile(model));

        Assert.Equal(["com.example::Foo-1 (1 node, e.g. 'y')", "ai.onnx::Frobnicate-13 (2 nodes, e.g. 'a')"], error.Operators);
    }

    [Fact]
    public void Constant_ThroughIdentity_IsTheInitializersValue()
    {
        using var aliased = DifferentiableGraph.Compile(OnnxModel.Parse(new OnnxModelBuilder().Input("x", [2]).Output("y")
            .Initializer("w", [2], [3f, 4f]).Node("Identity", ["w"], "v").Node("Add", ["x", "v"], "y").ToBytes()));

        Assert.Equal([3, 4], Tensors.Values(aliased.Constant("v")!));
        Assert.True(aliased.IsConstant("v"));
        Assert.Null(aliased.Constant("y"));
    }

    [Fact]
    public async Task Run_FromSeveralThreads_GivesTheSameResult()
    {
        var x = SampleModels.Images(2).DetachFromDisposeScope();
        var expected = Tensors.Values(graph.Run(SampleModels.Feed("x", x), "logits")["logits"]);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                using var logits = graph.Run(SampleModels.Feed("x", x), "logits", "conv")["logits"];
                return Tensors.Values(logits);
            },
            TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.All(result.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5)));
        x.Dispose();
    }
}

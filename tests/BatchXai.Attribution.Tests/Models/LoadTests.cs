using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

public class LoadTests
{
    [Fact]
    public void Load_EndingInSoftmax_IsCutBeforeIt_ThroughShapeChanges()
    {
        using var classifier = HandNet.Load(HandNet.Linear().Node("Softmax", "scores", "soft").Node("Flatten", "soft", "out"));

        Assert.Equal("scores", classifier.ScoresTensor);
        Assert.Empty(classifier.Warnings);
    }

    [Fact]
    public void Load_OutputWithoutActivation_IsItsOwnScore()
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        Assert.Equal((2, "scores", ScoreKind.Softmax), (classifier.Classes, classifier.ScoresTensor, classifier.ScoreKind));
        Assert.Equal(new ClassifierInput("x", 1, 2, 2), classifier.Input);
        Assert.Equal(new SpatialLayer("act", "Relu", 2, 2, 2), classifier.TargetLayer);
        Assert.Equal(["conv", "act"], classifier.CandidateLayers.Select(layer => layer.Tensor));
    }

    [Fact]
    public void Load_LinearHead_MeasuresWeightsAndBias()
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        HandNet.AssertClose([1, -1, -.5, 2], classifier.HeadWeights!.data<float>().ToArray());
        HandNet.AssertClose([.5, 0], classifier.HeadBias!.data<float>().ToArray());
        Assert.Empty(classifier.Problems(["cam", "gradcam", "saliency"]));
    }

    [Fact]
    public void Load_ConvolutionalHead_IsLinearToo()
    {
        using var classifier = HandNet.Load(HandNet.Pooled().Weight("C", [2, 2, 1, 1], 1, -1, -.5f, 2).Node("Conv", "pool C b", "logits").Node("Flatten", "logits", "scores"));

        HandNet.AssertClose([1, -1, -.5, 2], classifier.HeadWeights!.data<float>().ToArray());
    }

    [Theory]
    [InlineData("act", new[] { 4.0, 2, 0, 0 }, new[] { 1, .5, 0, 0 })]
    // Before the ReLU the channel is signed, and ∂z/∂A is 1/4 in the two open cells only: 1/8 on average.
    [InlineData("conv", new[] { 4.0, 2, 0, -2 }, new[] { .5, .25, 0, 0 })]
    public void Load_ClassWiseConvolution_HasItsChannelsAsCams(string layer, double[] cam, double[] gradCam)
    {
        // conv → ReLU → GAP are the scores: channel c is the map of class c.
        using var classifier = HandNet.Load(HandNet.Pooled(), layer);

        HandNet.AssertClose([1, 0, 0, 1], classifier.HeadWeights!.data<float>().ToArray());
        HandNet.AssertClose(cam, classifier.Explain("cam", targets: TargetMode.Label, label: [1]).Maps.Single().Values);
        HandNet.AssertClose(gradCam, classifier.Explain("gradcam", targets: TargetMode.Label, label: [1]).Maps.Single().Values);
    }

    [Fact]
    public void Load_TailThatReadsTheBatchSizeFromTheImage_IsCutAllTheSame()
    {
        // As recent PyTorch exports write x.mean((2, 3)).view(x.shape[0], 2).
        var net = new TinyNet(null, 1, 2, 2)
            .Weight("K", [2, 1, 1, 1], 1, -2).Weight("k", [2], 0, 6).Weight("W", [2, 2], 1, -.5f, -1, 2).Weight("b", [2], .5f, 0)
            .Sizes("first", 0).Sizes("two", 2)
            .Node("Conv", "x K k", "conv").Node("Relu", "conv", "act").Node("ReduceMean", "act", "mean", ("axes", new long[] { 2, 3 }))
            .Node("Shape", "x", "shape").Node("Gather", "shape first", "size").Node("Concat", "size two", "view", ("axis", 0))
            .Node("Reshape", "mean view", "flat").Node("Gemm", "flat W b", "scores");
        using var classifier = HandNet.Load(net);

        Assert.Equal("act", classifier.TargetLayer!.Tensor);
        HandNet.AssertClose([1, -1, -.5, 2], classifier.HeadWeights!.data<float>().ToArray());
        Assert.Null(classifier.FixedBatch);
    }

    [Fact]
    public void Load_LayerOnABranch_IsNoCut()
    {
        var graph = new TinyNet(null, 1, 2, 2).Node("Relu", "x", "a").Node("Neg", "a", "b").Node("Abs", "b", "c").Node("Add", "c a", "d").Node("Abs", "d", "e").Build().Graph;

        Assert.Equal(["a", "d", "e"], TailGraph.Cuts(graph, "x", "e").Order());
    }

    [Fact]
    public void Load_FlattenedPositions_AreNoLinearHead()
    {
        var net = new TinyNet(null, 1, 2, 2).Weight("K", [1, 1, 1, 1], 1).Weight("k", [1], 0).Weight("W", [4, 2], 1, 2, 3, 4, 5, 6, 7, 8).Weight("b", [2], 0, 0)
            .Node("Conv", "x K k", "conv").Node("Flatten", "conv", "flat").Node("Gemm", "flat W b", "scores");
        using var classifier = HandNet.Load(net);

        Assert.False(classifier.LinearHead);
        Assert.Contains("global average pooling", classifier.Problems(["cam"]).Single(), StringComparison.Ordinal);
        Assert.Empty(classifier.Problems(["gradcam"]));
    }

    [Fact]
    public void Problems_UnknownRepeatedAndImpossibleMethods_AreAllNamed()
    {
        using var classifier = HandNet.Load(HandNet.WithReluHead());

        Assert.Equal(3, classifier.Problems(["cam", "gradcam", "gradcam", "magic"]).Count);
        Assert.Single(classifier.Problems([]));
        Assert.Throws<UnsuitableModelException>(() => classifier.Explain("cam"));
    }

    [Fact]
    public void Load_WrongNames_OffersNearOnes_AllAtOnce()
    {
        var refused = Assert.Throws<UnsuitableModelException>(() =>
            Classifier.Load(HandNet.Linear().Build(), new ClassifierOptions { Layer = "cov", Output = "score", Width = 5 }));

        Assert.Equal(3, refused.Problems.Count);
        Assert.Contains("'conv'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'scores'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("width 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LayerThatIsNotSpatial_SaysItsShape() =>
        Assert.Contains("1×2×1×1", Assert.Throws<UnsuitableModelException>(() => HandNet.Load(HandNet.Linear(), "pool")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_FreeSize_NeedsOneAndUsesIt()
    {
        var net = new TinyNet(null, 1, null, null).Weight("K", [2, 1, 1, 1], 1, -2).Weight("k", [2], 0, 6).Node("Conv", "x K k", "conv").Node("GlobalAveragePool", "conv", "scores");

        Assert.Equal(2, Assert.Throws<UnsuitableModelException>(() => HandNet.Load(net)).Problems.Count);
        using var classifier = Classifier.Load(net.Build(), new ClassifierOptions { Height = 4, Width = 6 });
        Assert.Equal((4, 6), (classifier.TargetLayer!.Height, classifier.TargetLayer.Width));
    }

    [Fact]
    public void Load_BatchOfOneInside_IsFoundOut()
    {
        // The reshape of an exporter that traced one image.
        using var classifier = HandNet.Load(HandNet.Linear().Node("ReduceMean", "scores", "wrong", ("axes", new long[] { 0 }), ("keepdims", 1)));

        Assert.Equal(1, classifier.FixedBatch);
        Assert.NotEmpty(classifier.Warnings);
    }
}

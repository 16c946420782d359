using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using Xunit;

namespace BatchXai.Attribution.Tests.Methods;

public class HandComputedTests
{
    [Fact]
    public void Prediction_IsBestClassWithItsProbability()
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        var item = classifier.Explain("cam", label: [0]).Items.Single();

        Assert.Equal((true, 1, false), (item.IsFinite, item.Predicted, item.Correct));
        Assert.Equal(HandNet.P1, item.Confidence!.Value, 1e-6);
    }

    [Theory]
    // −.5·A₀ + 2·A₁, the sign kept, without the bias.
    [InlineData(1, new[] { 7.5, 3, -1.5, -2 })]
    // A₀ − A₁.
    [InlineData(0, new[] { -3.0, 0, 3, 4 })]
    public void Cam_Score_IsWeightedSumOfActivations(int label, double[] expected)
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        AssertMap(expected, label, classifier.Explain("cam", targets: TargetMode.Label, label: [label]));
    }

    [Fact]
    public void Cam_Loss_IsTheSameMapForTheLabel()
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        AssertMap([-3, 0, 3, 4], 0, classifier.Explain("cam", loss: true, label: [0]));
    }

    [Theory]
    [InlineData(true, 1, new[] { 7.5 / 4, 3.0 / 4, 0, 0 })]
    [InlineData(true, 0, new[] { 0.0, 0, 3.0 / 4, 1 })]
    [InlineData(false, 1, new[] { 7.5 / 4, 3.0 / 4, 0, 0 })]
    [InlineData(false, 0, new[] { 0.0, 0, 3.0 / 4, 1 })]
    public void GradCam_Score_IsRectifiedCamOverCells(bool linear, int label, double[] expected)
    {
        using var classifier = HandNet.Load(linear ? HandNet.Linear() : HandNet.WithReluHead());

        Assert.Equal(linear, classifier.LinearHead);
        AssertMap(expected, label, classifier.Explain("gradcam", targets: TargetMode.Label, label: [label]));
    }

    [Theory]
    // ∂L/∂z = (−p₁, p₁); times W: (−1.5, 3)·p₁; −1.5·A₀ + 3·A₁ = (10.5 3 −4.5 −6); ReLU, then over the maximum: p₁, cells and channels cancel.
    [InlineData(true, 0, new[] { 1, 3 / 10.5, 0, 0 })]
    [InlineData(false, 0, new[] { 1, 3 / 10.5, 0, 0 })]
    // For label 1 all signs turn: (−10.5 −3 4.5 6).
    [InlineData(true, 1, new[] { 0, 0, .75, 1 })]
    [InlineData(false, 1, new[] { 0, 0, .75, 1 })]
    public void GradCam_Loss_IsTheSeedForm(bool linear, int label, double[] expected)
    {
        using var classifier = HandNet.Load(linear ? HandNet.Linear() : HandNet.WithReluHead());

        AssertMap(expected, label, classifier.Explain("gradcam", loss: true, label: [label]));
    }

    [Theory]
    // ∂A₀/∂x = 1 everywhere, ∂A₁/∂x = −2 in the first two cells only; (−.5·1 + 2·(−2))/4 and −.5/4.
    [InlineData(1, new[] { 4.5 / 4, 4.5 / 4, .125, .125 })]
    // (1·1 − 1·(−2))/4 and 1/4.
    [InlineData(0, new[] { .75, .75, .25, .25 })]
    public void Saliency_Score_IsAbsoluteGradient(int label, double[] expected)
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        AssertMap(expected, label, classifier.Explain("saliency", targets: TargetMode.Label, label: [label]));
    }

    [Fact]
    public void Saliency_Loss_IsAbsoluteGradientOfCrossEntropy()
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        // (−1.5·1 + 3·(−2))·p₁/4 and −1.5·p₁/4.
        var (first, second) = (7.5 * HandNet.P1 / 4, 1.5 * HandNet.P1 / 4);
        AssertMap([first, first, second, second], 0, classifier.Explain("saliency", loss: true, label: [0]));
    }

    [Fact]
    public void GradCam_LayerThatIsNoCut_UsesTheFullPass()
    {
        // A second branch around the layer: z_c = mean(W_c·(A + x)), so ∂z_c/∂A is still W_c/4.
        var net = new TinyNet(null, 1, 2, 2)
            .Weight("K", [2, 1, 1, 1], 1, -2).Weight("k", [2], 0, 6).Weight("W", [2, 2], 1, -.5f, -1, 2).Weight("b", [2], .5f, 0)
            .Node("Conv", "x K k", "conv").Node("Relu", "conv", "act").Node("Add", "act x", "sum")
            .Node("GlobalAveragePool", "sum", "pool").Node("Flatten", "pool", "flat").Node("Gemm", "flat W b", "scores");
        using var classifier = HandNet.Load(net, "act");

        Assert.False(classifier.LinearHead);
        AssertMap([7.5 / 4, 3.0 / 4, 0, 0], 1, classifier.Explain("gradcam", targets: TargetMode.Label, label: [1]));
        using var automatic = HandNet.Load(net);
        Assert.Equal("sum", automatic.TargetLayer!.Tensor);
    }

    [Fact]
    public void AllMethods_InOnePass_EqualEachAlone()
    {
        using var classifier = HandNet.Load(HandNet.WithReluHead());
        using var images = HandNet.Images(HandNet.Image);

        var together = classifier.Explain(images, new ExplainRequest { Methods = ["saliency", "gradcam"] });

        Assert.Equal(["saliency", "gradcam"], together.Maps.Select(map => map.Method));
        Assert.All(together.Maps, map => Assert.Equal(classifier.Explain(map.Method).Maps.Single().Values, map.Values));
    }

    private static void AssertMap(double[] expected, int target, Explanation explanation)
    {
        var map = explanation.Maps.Single();
        Assert.Equal((target, "label", 2, 2), (map.TargetOutput, map.Target, map.Height, map.Width));
        HandNet.AssertClose(expected, map.Values);
    }
}

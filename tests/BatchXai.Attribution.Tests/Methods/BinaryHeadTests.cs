using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using Xunit;

namespace BatchXai.Attribution.Tests.Methods;

/// <summary>One sigmoid output: z = −.5·mean(A₀) + 2·mean(A₁) + 0 = 1.75 (see <see cref="HandNet"/>).</summary>
public class BinaryHeadTests
{
    private static readonly double P = 1 / (1 + Math.Exp(-1.75));

    [Fact]
    public void SingleSigmoid_HasTwoClasses_AndIsCutBeforeTheSigmoid()
    {
        using var classifier = HandNet.Load(Net());

        Assert.Equal((ScoreKind.BinarySigmoid, 2, "z"), (classifier.ScoreKind, classifier.Classes, classifier.ScoresTensor));
        var item = classifier.Explain("gradcam", label: [1]).Items.Single();
        Assert.Equal((1, true), (item.Predicted, item.Correct));
        Assert.Equal(P, item.Confidence!.Value, 1e-6);
    }

    [Theory]
    [InlineData("cam", 1, new[] { 7.5, 3, -1.5, -2 })]
    [InlineData("cam", 0, new[] { -7.5, -3, 1.5, 2 })]
    [InlineData("gradcam", 1, new[] { 1.875, .75, 0, 0 })]
    [InlineData("gradcam", 0, new[] { 0, 0, .375, .5 })]
    [InlineData("saliency", 0, new[] { 1.125, 1.125, .125, .125 })]
    public void SingleSigmoid_ScoreOfClassZero_IsMinusZ(string method, int label, double[] expected)
    {
        using var classifier = HandNet.Load(Net());

        HandNet.AssertClose(expected, classifier.Explain(method, targets: TargetMode.Label, label: [label]).Maps.Single().Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void SingleSigmoid_Loss_IsBinaryCrossEntropy(int label)
    {
        using var classifier = HandNet.Load(Net());

        var error = Math.Abs(P - label);
        HandNet.AssertClose([1.125 * error, 1.125 * error, .125 * error, .125 * error], classifier.Explain("saliency", loss: true, label: [label]).Maps.Single().Values);
    }

    private static TinyNet Net() => HandNet.Pooled().Weight("v", [2, 1], -.5f, 2).Weight("u", [1], 0).Node("Gemm", "flat v u", "z").Node("Sigmoid", "z", "p");
}

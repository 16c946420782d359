using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Attribution.Sanity;
using BatchXai.Attribution.Tests.Causal;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Sanity;

public class WeightRandomizationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Maps_OfAModelThatIsDrawnAnew_AreOthers_AndTheModelStaysAsItWas()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Network();
        var images = Pictures.Noise(8, 3, 24, 24);
        var request = new ExplainRequest { Methods = ["cam", "gradcam", "saliency"] };
        var before = model.Explain(images, request);

        var findings = WeightRandomization.Run(model, images, request, before, seed: 5, Ct)!;

        Assert.Equal(["cam", "cam", "cam", "gradcam", "gradcam", "gradcam", "saliency", "saliency", "saliency"], findings.Select(finding => finding.Method));
        Assert.Equal([1 / 3.0, 2 / 3.0, 1], findings.Take(3).Select(finding => finding.Layers));
        Assert.All(findings, finding => Assert.InRange(Math.Abs(finding.Similarity!.Value), 0, .999));
        Assert.Equal(before.Maps.SelectMany(map => map.Values), model.Explain(images, request).Maps.SelectMany(map => map.Values));
        Assert.Equal(findings, WeightRandomization.Run(model, images, request, before, seed: 5, Ct)!);
    }

    [Fact]
    public void Maps_ThatTheWeightsDoNotChange_Fail()
    {
        using var scope = torch.NewDisposeScope();
        // One channel and one weight for it: whatever the weight, the map of a class is the image, or nothing.
        using var model = Classifier.Load(
            new TinyNet(null, 1, 12, 12).Weight("W", [1, 2], 3, 2).Weight("b", [2], 0, 0).Node("Relu", "x", "act").Node("GlobalAveragePool", "act", "pool").Node("Flatten", "pool", "flat").Node("Gemm", "flat W b", "scores").Build(),
            new ClassifierOptions());

        var images = Pictures.Noise(4, 1, 12, 12);
        var request = new ExplainRequest { Methods = ["gradcam"] };

        var findings = WeightRandomization.Run(model, images, request, model.Explain(images, request), seed: 2, Ct)!;

        Assert.All(findings, finding => Assert.True(finding is { Fails: true, Similarity: > .99 }));
    }

    private static Classifier Network()
    {
        using var random = new torch.Generator(3);
        float[] Normal(int count) => [.. torch.randn([count], generator: random).data<float>()];
        return Classifier.Load(
            new TinyNet(null, 3, 24, 24)
                .Weight("K", [6, 3, 3, 3], Normal(162))
                .Weight("L", [8, 6, 3, 3], Normal(432))
                .Weight("W", [8, 3], Normal(24))
                .Weight("b", [3], 0, .1f, 0)
                .Node("Conv", "x K", "first").Node("Relu", "first", "one")
                .Node("Conv", "one L", "second").Node("Relu", "second", "act")
                .Node("GlobalAveragePool", "act", "pool").Node("Flatten", "pool", "flat").Node("Gemm", "flat W b", "scores").Build(),
            new ClassifierOptions());
    }
}

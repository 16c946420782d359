using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Attribution.Sanity;
using BatchXai.TorchScript.Tests.Building;
using TorchSharp;
using Xunit;

namespace BatchXai.TorchScript.Tests.Execution;

/// <summary>A TorchScript archive as a classifier that is explained.</summary>
public sealed class ClassifierTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("traced.pt", "relu()")]
    [InlineData("scripted.pt", "relu()")]
    [InlineData("frozen.pt", "relu()#5")]
    public async Task Heatmaps_are_those_of_the_formulas(string sample, string target)
    {
        using var prepared = await Prepare.Async(Sample.Path(sample));
        using var classifier = Classifier.Load(prepared, new ClassifierOptions());
        using var model = prepared.Load(torch.CPU);
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(5);
        var images = torch.rand(3, 3, 16, 16);

        var explanation = classifier.Explain(images, new ExplainRequest { Methods = ["gradcam", "saliency"] });

        Assert.Equal((target, 5), (classifier.TargetLayer!.Name, classifier.Classes));
        var leaf = images.clone().requires_grad_();
        var (scores, hidden) = model.Run(leaf, prepared.Target!);
        var best = scores.argmax(1);
        torch.autograd.backward([scores.gather(1, best.unsqueeze(1)).sum()], inputs: [leaf, hidden]);
        var gradCam = (hidden * hidden.grad!.mean([2, 3], keepdim: true)).sum(1).relu();
        var saliency = leaf.grad!.abs().sum(1);
        for (var item = 0; item < 3; item++)
        {
            Assert.Equal((int)best[item].item<long>(), explanation.Items[item].Predicted);
            AssertMap(gradCam[item], explanation.Maps.Single(map => map.Item == item && map.Method == "gradcam"));
            AssertMap(saliency[item], explanation.Maps.Single(map => map.Item == item && map.Method == "saliency"));
        }
    }

    [Fact]
    public async Task Layers_are_named_by_their_modules()
    {
        using var prepared = await Prepare.Async(Sample.Path("traced.pt"));
        using var classifier = Classifier.Load(prepared, new ClassifierOptions { Layer = "layer1.0" });
        var unknown = Assert.Throws<UnsuitableModelException>(() => Classifier.Load(prepared, new ClassifierOptions { Layer = "layer1.7" }));
        var flat = Assert.Throws<UnsuitableModelException>(() => Classifier.Load(prepared, new ClassifierOptions { Layer = "fc" }));

        Assert.Equal("layer1.0", classifier.TargetLayer!.Tensor);
        Assert.Contains("no layer 'layer1.7'", unknown.Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("has shape 1×5", flat.Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("CAM needs a linear head", classifier.Problems(["cam"]).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("traced.pt")]
    [InlineData("scripted.pt")]
    public async Task Weights_are_drawn_anew_and_put_back(string sample)
    {
        using var prepared = await Prepare.Async(Sample.Path(sample));
        using var classifier = Classifier.Load(prepared, new ClassifierOptions());
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(5);
        var images = torch.rand([8, 3, 16, 16], generator: random);
        var request = new ExplainRequest { Methods = ["gradcam", "saliency"] };
        var before = classifier.Explain(images, request);

        var findings = WeightRandomization.Run(classifier, images, request, before, seed: 3, Ct)!;

        Assert.Equal([1 / 6.0, 3 / 6.0, 1, 1 / 6.0, 3 / 6.0, 1], findings.Select(finding => finding.Layers));
        Assert.All(findings.Where(finding => finding.Layers == 1), finding => Assert.True(finding is { Fails: false, Compared: > 0, Similarity: < .5 }, $"{finding}"));
        Assert.Equal(before.Maps.SelectMany(map => map.Values), classifier.Explain(images, request).Maps.SelectMany(map => map.Values));
        Assert.Equal(findings, WeightRandomization.Run(classifier, images, request, before, seed: 3, Ct)!);
    }

    [Fact]
    public async Task A_frozen_model_has_no_weights_to_draw_anew()
    {
        using var prepared = await Prepare.Async(Sample.Path("frozen.pt"));
        using var classifier = Classifier.Load(prepared, new ClassifierOptions());
        using var images = torch.rand(2, 3, 16, 16);
        var request = new ExplainRequest { Methods = ["saliency"] };

        Assert.Null(WeightRandomization.Run(classifier, images, request, classifier.Explain(images, request), seed: 3, Ct));
    }

    private static void AssertMap(torch.Tensor expected, Heatmap actual)
    {
        Assert.Equal((actual.Height, actual.Width), ((int)expected.shape[0], (int)expected.shape[1]));
        Assert.Equal(expected.contiguous().data<float>().ToArray(), actual.Values, (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Contains(actual.Values, value => value > 0);
    }
}

using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using BatchXai.Testing.Architectures;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Golden;

/// <summary>Every architecture of the catalogue is explained on a layer that is found without being told, whose grid is the one that the strides make.</summary>
public class ArchitectureTests
{
    private const ActivationLayout First = ActivationLayout.ChannelsFirst;

    /// <summary>Name, layout, side of the grid, prefix tokens.</summary>
    public static TheoryData<string, ActivationLayout, int, int> Expected => new()
    {
        { "resnet", First, 4, 0 },
        { "densenet", First, 8, 0 },
        { "inception", First, 7, 0 },
        { "efficientnet", First, 8, 0 },
        { "mobilenet v3", First, 8, 0 },
        { "shufflenet", First, 16, 0 },
        { "convnext", First, 8, 0 },
        { "vit", ActivationLayout.Tokens, 4, 1 },
        { "vit, mean of tokens", ActivationLayout.Tokens, 8, 0 },
        { "vit, registers", ActivationLayout.Tokens, 4, 5 },
        { "swin", ActivationLayout.ChannelsLast, 4, 0 },
        { "mixer", ActivationLayout.Tokens, 4, 0 },
        { "keras", First, 5, 0 },
        { "dynamo", First, 6, 0 },
        { "functions", First, 8, 0 },
        { "opset 7", First, 4, 0 },
        { "vgg", First, 3, 0 },
        { "float16", First, 4, 0 },
        { "quantized", First, 8, 0 },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void GradCam_OnTheLayerFound_HasItsGrid(string name, ActivationLayout layout, int side, int prefix)
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = Classifier.Load(OnnxModel.Parse(Catalogue.All[name].Write()), new ClassifierOptions());
        torch.random.manual_seed(3);

        var explanation = classifier.Explain(torch.rand(2, 3, classifier.Input.Height, classifier.Input.Width), new ExplainRequest { Methods = ["gradcam", "saliency"] });

        Assert.Equal((layout, side, side, prefix), (classifier.TargetLayer!.Layout, classifier.TargetLayer.Height, classifier.TargetLayer.Width, classifier.TargetLayer.PrefixTokens));
        var maps = explanation.Maps.Where(map => map.Method == "gradcam").ToList();
        Assert.All(maps, map => Assert.Equal((side, side), (map.Height, map.Width)));
        Assert.Contains(maps, map => map.Values.Max() > 0);
        Assert.All(explanation.Maps.Where(map => map.Method == "saliency"), map => Assert.Contains(map.Values, value => value > 0));
    }

    [Fact]
    public void Catalogue_IsCovered() => Assert.Equal(Catalogue.All.Keys.Order(StringComparer.Ordinal), Expected.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
}

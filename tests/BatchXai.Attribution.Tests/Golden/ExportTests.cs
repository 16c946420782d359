using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using BatchXai.Testing;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Golden;

/// <summary>What two PyTorch exporters write of seven architectures: each has a target layer without being told.</summary>
public class ExportTests
{
    private const ActivationLayout First = ActivationLayout.ChannelsFirst;

    /// <summary>Name, layout, channels, side of the grid, prefix tokens, linear head, and the layer's name for people.</summary>
    public static TheoryData<string, ActivationLayout, int, int, int, bool, string> Expected => new()
    {
        { "resnet10t.legacy13", First, 512, 3, 0, true, "layer4.0.act2" },
        { "resnet10t.dynamo18", First, 512, 3, 0, true, "layer4.0.act2" },
        { "densenet_small.legacy17", First, 41, 3, 0, true, "Relu" },
        { "mobilenetv3_small_050.legacy11", First, 288, 3, 0, false, "blocks.5.0.bn1.act/Mul" },
        { "mobilenetv3_small_050.dynamo18", First, 288, 3, 0, false, "blocks.5.0.bn1.act" },
        { "efficientnet_b0.legacy17", First, 1280, 3, 0, true, "bn2.act/Mul" },
        // The head normalises the pooled features: no linear head.
        { "convnext_atto.legacy17", First, 320, 3, 0, false, "stages.3.blocks.1/Add" },
        { "convnext_atto.dynamo18", First, 320, 3, 0, false, "stages.3.blocks.1/add_746" },
        // Blocks are numbered from 0 to 3: the class token reads the cells of the stream before the last one.
        { "vit_tiny_d4.legacy14", ActivationLayout.Tokens, 192, 7, 1, false, "blocks.2/Add_1" },
        { "vit_tiny_d4.dynamo18", ActivationLayout.Tokens, 192, 7, 1, false, "blocks.2/add_291" },
        { "swin_small.legacy17", ActivationLayout.ChannelsLast, 96, 7, 0, true, "norm" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Load_Export_FindsLayerAndExplains(string export, ActivationLayout layout, int channels, int side, int prefix, bool head, string name)
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = Classifier.Load(OnnxModel.Load(Path.Combine(Archive.FolderOrSkip("exports/exports.tar.xz"), export + ".onnx")), new ClassifierOptions());
        var layer = classifier.TargetLayer!;

        var explanation = classifier.Explain(torch.rand(3, 3, classifier.Input.Height, classifier.Input.Width), new ExplainRequest { Methods = ["gradcam", "saliency"] });

        Assert.Equal((layout, channels, side, side, prefix), (layer.Layout, layer.Channels, layer.Height, layer.Width, layer.PrefixTokens));
        Assert.Equal((head, name), (classifier.LinearHead, layer.Name));
        Assert.Equal(new BatchLimit(null, null, IsPatched: false), classifier.Batch);
        Assert.Empty(classifier.Warnings);
        var maps = explanation.Maps.Where(map => map.Method == "gradcam").ToList();
        Assert.All(maps, map => Assert.Equal((side, side), (map.Height, map.Width)));
        Assert.Contains(maps, map => map.Values.Max() > 0);
    }
}

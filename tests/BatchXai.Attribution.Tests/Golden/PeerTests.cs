using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using BatchXai.Testing;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Tests.Golden;

/// <summary>Heatmaps of pytorch-grad-cam and Captum on real images and models.</summary>
public class PeerTests
{
    public static TheoryData<string, string, string> Models => new()
    {
        { "mobilenet_v2_1.0_224", "clip_97", "pred" },
        { "mobilenet_v2_1.0_224", "clip_97", "alt" },
        { "cifar10_resnet20", "layer3.2.relu2", "pred" },
        { "cifar10_resnet20", "layer3.2.relu2", "alt" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Maps_OnRealImages_EqualPeers(string model, string layer, string target)
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = Classifier.Load(OnnxModel.Load(SharedData.PathOrSkip($"models/{model}.onnx")), new ClassifierOptions());
        var peers = new Npz(SharedData.PathOrSkip($"golden/peers/{model}.npz"));
        var (values, shape) = peers.Floats("input");
        var wanted = peers.Integers($"target_{target}");
        var request = new ExplainRequest { Methods = ["gradcam", "saliency"], Targets = TargetMode.Label, LabelOutputs = [.. wanted.Select(output => (IReadOnlyList<int>)[(int)output])] };

        var explanation = classifier.Explain(torch.tensor(values, shape), request);

        Assert.Equal(layer, classifier.TargetLayer!.Tensor);
        Assert.True(classifier.LinearHead);
        Assert.Equal(peers.Integers("pred"), explanation.Items.Select(item => (long)item.Predicted!.Value));
        var gradCam = Stack(explanation, "gradcam");
        AssertNear(peers, $"captum_LayerGradCam_raw_{target}", gradCam, raw => raw.squeeze(1).relu(), 1e-3);
        AssertNear(peers, $"pgc_GradCAM_{target}", MinMax(gradCam, shape), map => map, 1e-3);
        var saliency = Stack(explanation, "saliency");
        if (model == "cifar10_resnet20")
        {
            AssertNear(peers, $"captum_Saliency_abs_{target}", saliency, channels => channels.sum(1), 1e-3);
        }

        AssertNearOnAverage(peers, $"captum_Saliency_abs_{target}", saliency, channels => channels.sum(1), 1e-2);
    }

    private static torch.Tensor Stack(Explanation explanation, string method)
    {
        var maps = explanation.Maps.Where(map => map.Method == method).ToList();
        return torch.tensor([.. maps.SelectMany(map => map.Values)], [maps.Count, maps[0].Height, maps[0].Width]);
    }

    /// <summary>The picture that pytorch-grad-cam returns: upsampled, then scaled to 0 … 1 for each image.</summary>
    private static torch.Tensor MinMax(torch.Tensor maps, long[] input)
    {
        var up = torch.nn.functional.interpolate(maps.unsqueeze(1), [input[2], input[3]], mode: torch.InterpolationMode.Bilinear, align_corners: false).squeeze(1);
        var shifted = up - up.amin([1, 2], keepdim: true);
        return shifted.div(shifted.amax([1, 2], keepdim: true).Plus(Held(1e-7)));
    }

    /// <summary>
    /// Mean error over mean value. A ReLU6 whose input is zero up to rounding opens or closes with the order of additions, and moves the
    /// gradient of the few pixels that it sees; MobileNetV2, with its dequantised weights, has some.
    /// </summary>
    private static void AssertNearOnAverage(Npz peers, string name, torch.Tensor found, Func<torch.Tensor, torch.Tensor> reduce, double tolerance)
    {
        var (values, shape) = peers.Floats(name);
        var expected = reduce(torch.tensor(values, shape));
        for (var i = 0; i < expected.shape[0]; i++)
        {
            var error = ((expected[i] - found[i]).abs().mean() / expected[i].mean()).item<float>();
            Assert.True(error <= tolerance, $"{name}, image {i}: mean error {error}");
        }
    }

    private static void AssertNear(Npz peers, string name, torch.Tensor found, Func<torch.Tensor, torch.Tensor> reduce, double tolerance)
    {
        var (values, shape) = peers.Floats(name);
        var expected = reduce(torch.tensor(values, shape));
        Assert.Equal(expected.shape, found.shape);
        for (var i = 0; i < expected.shape[0]; i++)
        {
            var scale = expected[i].abs().max().item<float>();
            var error = (expected[i] - found[i]).abs().max().item<float>();
            Assert.True(error <= tolerance * scale, $"{name}, image {i}: error {error} at a maximum of {scale}");
        }
    }
}

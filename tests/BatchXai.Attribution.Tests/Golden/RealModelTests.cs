using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using BatchXai.Testing;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Tests.Golden;

public class RealModelTests
{
    [Theory]
    [InlineData("cifar10_resnet20", "logits", 10, "layer3.2.relu2", 64, 8)]
    [InlineData("mobilenet_v2_1.0_224", "flatten_100", 1001, "clip_97", 1280, 7)]
    [InlineData("mobilenet_v1_0.25_128", "flatten_57", 1001, "clip_54", 256, 4)]
    [InlineData("squeezenet1.1", "pool10_1", 1000, "conv10_2", 1000, 13)]
    public void Load_RealModel_FindsScoresLayerAndHead(string model, string scores, int classes, string layer, int channels, int side)
    {
        using var classifier = Classifier.Load(OnnxModel.Load(SharedData.PathOrSkip($"models/{model}.onnx")), new ClassifierOptions());

        Assert.Equal((scores, classes), (classifier.ScoresTensor, classifier.Classes));
        Assert.Equal((layer, channels, side, side), (classifier.TargetLayer!.Tensor, classifier.TargetLayer.Channels, classifier.TargetLayer.Height, classifier.TargetLayer.Width));
        Assert.True(classifier.LinearHead);
        Assert.Empty(classifier.Warnings);
    }

    [Fact]
    public void Cam_OfSqueezeNet_IsTheChannelOfTheClass_WithADeclaredBatchOfOne()
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = Classifier.Load(OnnxModel.Load(SharedData.PathOrSkip("models/squeezenet1.1.onnx")), new ClassifierOptions());
        var bytes = File.ReadAllBytes(SharedData.PathOrSkip("golden/squeezenet1.1.in.f32"));
        var image = torch.tensor(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray(), [1, 3, 224, 224]);

        var explanation = classifier.Explain(torch.cat([image, image.mul(Held(.5))], 0), new ExplainRequest { Methods = ["cam", "gradcam"] });

        Assert.Equal(new BatchLimit(1, null, IsPatched: false), classifier.Batch);
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(SharedData.PathOrSkip("models/squeezenet1.1.onnx")));
        using var _ = torch.no_grad();
        var channels = graph.Run(new Dictionary<string, torch.Tensor> { ["data_0"] = image }, "conv10_2")["conv10_2"];
        var first = explanation.Maps[0];
        Assert.Equal(("cam", 0), (first.Method, first.Item));
        var expected = channels[0, explanation.Items[0].Predicted!.Value].contiguous().data<float>().ToArray();

        // Other batch sizes are rounded differently.
        Assert.All(expected.Zip(first.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * expected.Max()));
        Assert.Equal([0, 0, 1, 1], explanation.Maps.Select(map => map.Item));
    }

    [Theory]
    [InlineData("cifar10_resnet20", 32, "cam,gradcam,saliency")]
    // No saliency: gates of ReLU6 at zero up to rounding open and close with the batch size (see PeerTests).
    [InlineData("mobilenet_v2_1.0_224", 4, "cam,gradcam")]
    public void Maps_AloneAndInABatch_AreEqual(string model, int size, string methods)
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = Classifier.Load(OnnxModel.Load(SharedData.PathOrSkip($"models/{model}.onnx")), new ClassifierOptions());
        var (values, shape) = new Npz(SharedData.PathOrSkip($"golden/peers/{model}.npz")).Floats("input");
        var some = torch.tensor(values, shape);
        var batch = torch.cat([.. Enumerable.Repeat(some, (int)((size + shape[0] - 1) / shape[0]))], 0).narrow(0, 0, size);
        var request = new ExplainRequest { Methods = methods.Split(',') };

        var together = classifier.Explain(batch, request);

        foreach (var maps in together.Maps.GroupBy(map => map.Item).Take((int)shape[0]))
        {
            var alone = classifier.Explain(batch.narrow(0, maps.Key, 1), request);
            Assert.Equal(together.Items[maps.Key].Predicted, alone.Items[0].Predicted);
            foreach (var (one, many) in alone.Maps.Zip(maps))
            {
                var scale = many.Values.Max(Math.Abs);
                var error = one.Values.Zip(many.Values).Max(pair => Math.Abs(pair.First - pair.Second));
                Assert.True(error <= 1e-4 * scale, $"{many.Method} of item {maps.Key}: error {error} at a maximum of {scale}");
            }
        }
    }
}

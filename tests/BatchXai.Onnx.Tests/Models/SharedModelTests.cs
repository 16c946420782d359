using BatchXai.Testing;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>Published classifiers on real images against ONNX Runtime's outputs.</summary>
public sealed class SharedModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("cifar10_resnet20", 32)]
    [InlineData("mobilenet_v1_0.25_128", 128)]
    [InlineData("mobilenet_v2_1.0_224", 224)]
    [InlineData("squeezenet1.1", 224)]
    public void RealModel_OnARealImage_GivesOnnxRuntimesOutput(string name, int side)
    {
        var error = StoredOutput.Error(
            SharedData.PathOrSkip($"models/{name}.onnx"), SharedData.PathOrSkip($"golden/{name}.in.f32"), SharedData.PathOrSkip($"golden/{name}.out.f32"), 1, 3, side, side);
        output.WriteLine($"{name}: relative error {error:E1}");
        Assert.InRange(error, 0, 1e-4);
    }

    [Theory]
    [InlineData("cifar10_resnet20", 32)]
    [InlineData("mobilenet_v1_0.25_128", 128)]
    [InlineData("mobilenet_v2_1.0_224", 224)]
    public void RealModel_OnABatchOfThree_GivesOnnxRuntimesOutput(string name, int side)
    {
        using var scope = torch.NewDisposeScope();
        var image = Tensors.FromRaw(SharedData.PathOrSkip($"golden/{name}.in.f32"), 1, 3, side, side);
        var (error, _) = LiveOutput.Error(File.ReadAllBytes(SharedData.PathOrSkip($"models/{name}.onnx")), torch.cat([image, image.flip(3), image.mul(Held(0.5))]));
        output.WriteLine($"{name}, batch 3: relative error {error:E1}");
        Assert.InRange(error, 0, 1e-4);
    }

    // The publisher's vector comes from another runtime; ONNX Runtime differs from it by as much as we do.
    [Fact]
    public void Squeezenet_OnThePublishersImage_GivesThePublishersOutput()
    {
        var error = StoredOutput.Error(
            SharedData.PathOrSkip("models/squeezenet1.1.onnx"), SharedData.PathOrSkip("golden/squeezenet1.1_msbench_in.f32"), SharedData.PathOrSkip("golden/squeezenet1.1_msbench_out.f32"), 1, 3, 224, 224);
        output.WriteLine($"squeezenet1.1: relative error {error:E1}");
        Assert.InRange(error, 0, 2e-3);
    }
}

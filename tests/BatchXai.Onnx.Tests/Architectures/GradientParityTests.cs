using BatchXai.Testing.Architectures;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Architectures;

/// <summary>The input gradient of whole architectures in single precision against double: no operator of theirs cuts or coarsens it.</summary>
public sealed class GradientParityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("resnet")]
    [InlineData("densenet")]
    [InlineData("mobilenet v3")]
    [InlineData("vit")]
    [InlineData("swin")]
    [InlineData("keras")]
    [InlineData("dynamo")]
    [InlineData("functions")]
    [InlineData("vit, registers")]
    [InlineData("quantized")]
    public void InputGradient_InSinglePrecision_IsThatInDouble(string name)
    {
        using var scope = torch.NewDisposeScope();
        var architecture = Catalogue.All[name];
        var model = OnnxModel.Parse(architecture.Write());

        var single = Gradient(model, architecture, doublePrecision: false);
        var twice = Gradient(model, architecture, doublePrecision: true);

        var error = Tensors.RelativeError(single, twice);
        output.WriteLine($"{name}: relative error {error:E1}, largest derivative {Tensors.Values(twice).Max(Math.Abs):G3}");
        Assert.InRange(error, 0, 1e-3);
        Assert.True(Tensors.Values(twice).Count(value => value != 0) > twice.numel() / 2, "most pixels have an influence");
    }

    private static torch.Tensor Gradient(OnnxModel model, Architecture architecture, bool doublePrecision)
    {
        using var graph = DifferentiableGraph.Compile(model, doublePrecision: doublePrecision);
        var type = doublePrecision ? torch.ScalarType.Float64 : torch.ScalarType.Float32;
        var x = torch.tensor(architecture.Images(2), [2, .. architecture.Image]).to(type).requires_grad_();
        var scores = graph.Run(SampleModels.Feed(architecture.Input, x), architecture.Output)[architecture.Output];
        var direction = torch.tensor(SampleModels.Numbers((int)scores.numel(), 9), scores.shape).to(type);
        torch.autograd.backward([scores], [direction], inputs: [x]);
        return x.grad!;
    }
}

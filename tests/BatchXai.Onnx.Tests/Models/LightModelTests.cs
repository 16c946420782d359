using BatchXai.Testing;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>ONNX's own full-size classifiers with generated weights.</summary>
public sealed class LightModelTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names =>
        ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19", "zfnet512"];

    [Theory]
    [MemberData(nameof(Names))]
    public void LightModel_OnItsInput_GivesTheStoredOutput(string name)
    {
        using var scope = torch.NewDisposeScope();
        var folder = Archive.FolderOrSkip("onnx/onnx-backend-tests-1.22.0.tar.xz", "light");
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(Path.Combine(folder, $"light_{name}.onnx")));
        long[] shape = [.. graph.Model.Graph.Inputs[0].Dims.Select(dim => dim ?? 1)];
        var count = shape.Aggregate(1L, (product, dim) => product * dim);

        // The input that the outputs were computed with, as onnx.backend.test.runner builds it.
        var x = Arange(count, torch.CPU).to(torch.ScalarType.Float32).reshape(shape).div(Held(count));

        var error = Tensors.RelativeError(StoredOutput.Of(graph, x), Tensors.FromProto(Path.Combine(folder, $"light_{name}_output_0.pb")));
        output.WriteLine($"{name}: relative error {error:E1}");
        Assert.InRange(error, 0, 1e-4);
    }

    // The stored outputs are the same for every class, because all weights of a layer are alike.
    [Theory]
    [MemberData(nameof(Names))]
    public void LightModel_WithOtherWeights_GivesOnnxRuntimesActivations(string name)
    {
        using var scope = torch.NewDisposeScope();
        var original = OnnxModel.Load(Path.Combine(Archive.FolderOrSkip("onnx/onnx-backend-tests-1.22.0.tar.xz", "light"), $"light_{name}.onnx"));
        var scores = original.Graph.Outputs[0].Name;
        var logits = original.Graph.Producer(scores) is { OpType: "Softmax" } softmax ? softmax.Inputs[0] : scores;
        var model = SeededWeights.Of(original, logits);
        var x = torch.rand([1, 3, .. original.Graph.Inputs[0].Dims.Skip(2).Select(side => side!.Value)], generator: new torch.Generator(3)).sub(Held(0.5));

        var (error, scale) = LiveOutput.Error(model, x);
        output.WriteLine($"{name}, other weights: relative error {error:E1}, largest score {scale:G3}");
        Assert.InRange(error, 0, 1e-4);
    }
}

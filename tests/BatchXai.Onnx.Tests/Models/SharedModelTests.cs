using System.Text.Json;
using BatchXai.Testing;
using TorchSharp;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>Whole classifiers against outputs of other runtimes.</summary>
public sealed class SharedModelTests
{
    public static TheoryData<string> Exports =>
    [
        "resnet10t.legacy13", "resnet10t.dynamo18", "densenet_small.legacy17", "mobilenetv3_small_050.legacy11", "mobilenetv3_small_050.dynamo18",
        "efficientnet_b0.legacy17", "convnext_atto.legacy17", "vit_tiny_d4.legacy14", "swin_small.legacy17",
    ];

    public static TheoryData<string> LightModels =>
        ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19", "zfnet512"];

    [Theory]
    [InlineData("cifar10_resnet20", 32)]
    [InlineData("mobilenet_v1_0.25_128", 128)]
    [InlineData("mobilenet_v2_1.0_224", 224)]
    [InlineData("squeezenet1.1", 224)]
    public void RealModel_OnARealImage_GivesOnnxRuntimesOutput(string name, int side)
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(SharedData.PathOrSkip($"models/{name}.onnx")));
        var x = Tensors.FromRaw(SharedData.PathOrSkip($"golden/{name}.in.f32"), 1, 3, side, side);

        var actual = OnlyOutput(graph, x);

        Assert.InRange(Tensors.RelativeError(actual, Tensors.FromRaw(SharedData.PathOrSkip($"golden/{name}.out.f32"), actual.shape)), 0, 1e-4);
    }

    // The publisher's vector comes from another runtime; ONNX Runtime differs from it by as much as we do.
    [Fact]
    public void Squeezenet_OnThePublishersImage_GivesThePublishersOutput()
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(SharedData.PathOrSkip("models/squeezenet1.1.onnx")));
        var x = Tensors.FromRaw(SharedData.PathOrSkip("golden/squeezenet1.1_msbench_in.f32"), 1, 3, 224, 224);

        var actual = OnlyOutput(graph, x);

        Assert.InRange(Tensors.RelativeError(actual, Tensors.FromRaw(SharedData.PathOrSkip("golden/squeezenet1.1_msbench_out.f32"), actual.shape)), 0, 2e-3);
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public void Export_OnABatchOfTwo_GivesOnnxRuntimesOutput(string name)
    {
        using var scope = torch.NewDisposeScope();
        var folder = Archive.FolderOrSkip("exports/exports.tar.xz");
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        long[] Shape(string which) => [.. index.RootElement.GetProperty(name).GetProperty(which).EnumerateArray().Select(dim => dim.GetInt64())];
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(Path.Combine(folder, name + ".onnx")));

        var actual = OnlyOutput(graph, Tensors.FromRaw(Path.Combine(folder, name + ".in.f32"), Shape("input")));

        Assert.InRange(Tensors.RelativeError(actual, Tensors.FromRaw(Path.Combine(folder, name + ".out.f32"), Shape("output"))), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(LightModels))]
    public void LightModel_OnItsInput_GivesTheStoredOutput(string name)
    {
        using var scope = torch.NewDisposeScope();
        var folder = Archive.FolderOrSkip("onnx/onnx-backend-tests-1.22.0.tar.xz", "light");
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(Path.Combine(folder, $"light_{name}.onnx")));
        long[] shape = [.. graph.Model.Graph.Inputs[0].Dims.Select(dim => dim ?? 1)];
        var count = shape.Aggregate(1L, (product, dim) => product * dim);

        // The input that the outputs were computed with, as onnx.backend.test.runner builds it.
        var x = torch.arange(count, torch.ScalarType.Float32).reshape(shape).div(count);

        Assert.InRange(Tensors.RelativeError(OnlyOutput(graph, x), Tensors.FromProto(Path.Combine(folder, $"light_{name}_output_0.pb"))), 0, 1e-3);
    }

    private static Tensor OnlyOutput(DifferentiableGraph graph, Tensor x)
    {
        using var noGrad = torch.no_grad();
        var output = graph.Model.Graph.Outputs[0].Name;
        return graph.Run(new Dictionary<string, Tensor> { [graph.Model.Graph.Inputs[0].Name] = x }, output)[output];
    }
}

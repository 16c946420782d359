using System.Text.Json;
using BatchXai.Testing;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>Classifiers as PyTorch's exporters wrote them.</summary>
public sealed class ExportTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names =>
    [
        "resnet10t.legacy13", "resnet10t.dynamo18", "densenet_small.legacy17", "mobilenetv3_small_050.legacy11", "mobilenetv3_small_050.dynamo18", "efficientnet_b0.legacy17",
        "convnext_atto.legacy17", "convnext_atto.dynamo18", "vit_tiny_d4.legacy14", "vit_tiny_d4.dynamo18", "swin_small.legacy17",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Export_OnABatchOfTwo_GivesTheStoredOutput(string name)
    {
        var (folder, shape) = Export(name);
        var error = StoredOutput.Error(Path.Combine(folder, $"{name}.onnx"), Path.Combine(folder, $"{name}.in.f32"), Path.Combine(folder, $"{name}.out.f32"), shape);
        output.WriteLine($"{name}: relative error {error:E1}");
        Assert.InRange(error, 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Export_OnABatchOfThree_GivesOnnxRuntimesOutput(string name)
    {
        using var scope = torch.NewDisposeScope();
        var (folder, shape) = Export(name);
        var two = Tensors.FromRaw(Path.Combine(folder, $"{name}.in.f32"), shape);
        var (error, _) = LiveOutput.Error(File.ReadAllBytes(Path.Combine(folder, $"{name}.onnx")), torch.cat([two, two.narrow(0, 0, 1).flip(3)]));
        output.WriteLine($"{name}, batch 3: relative error {error:E1}");
        Assert.InRange(error, 0, 1e-4);
    }

    private static (string Folder, long[] Shape) Export(string name)
    {
        var folder = Archive.FolderOrSkip("exports/exports.tar.xz");
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        return (folder, [.. index.RootElement.GetProperty(name).GetProperty("input").EnumerateArray().Select(side => side.GetInt64())]);
    }
}

using System.Text.Json;
using BatchXai.Clusters.Processes;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>batchxai model verify on real files, against what ONNX Runtime computed.</summary>
public sealed class VerifyTests
{
    public static TheoryData<string> Exports =>
    [
        "resnet10t.legacy13", "resnet10t.dynamo18", "densenet_small.legacy17", "mobilenetv3_small_050.legacy11", "mobilenetv3_small_050.dynamo18", "efficientnet_b0.legacy17",
        "convnext_atto.legacy17", "convnext_atto.dynamo18", "vit_tiny_d4.legacy14", "vit_tiny_d4.dynamo18", "swin_small.legacy17",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task Export_computes_what_ONNX_Runtime_computed(string name)
    {
        var folder = Archive.FolderOrSkip("exports/exports.tar.xz");
        var (exitCode, output, errors) = await VerifyAsync(Path.Combine(folder, $"{name}.onnx"), Path.Combine(folder, $"{name}.in.f32"), Path.Combine(folder, $"{name}.out.f32"), "--json");
        Assert.True(exitCode == 0, output + errors);
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("outputs")[0].GetProperty("relativeError").GetDouble(), 0, 1e-4);
    }

    [Fact]
    public async Task Published_model_verifies_and_another_models_output_does_not()
    {
        var (model, input) = (SharedData.PathOrSkip("models/squeezenet1.1.onnx"), SharedData.PathOrSkip("golden/squeezenet1.1.in.f32"));
        Assert.Equal(0, (await VerifyAsync(model, input, SharedData.PathOrSkip("golden/squeezenet1.1.out.f32"))).ExitCode);

        var (exitCode, output, _) = await VerifyAsync(model, input, SharedData.PathOrSkip("golden/squeezenet1.1_msbench_out.f32"));
        Assert.Equal(1, exitCode);
        Assert.Contains("differs", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_files_are_refused_together()
        => await Refusal.OfAsync(2, ["model", "verify", SharedData.PathOrSkip("models/squeezenet1.1.onnx"), "--input", "gone.npy", "--expected", "away.npy"], "gone.npy: no such file", "away.npy: no such file");

    private static Task<(int ExitCode, string Output, string Errors)> VerifyAsync(string model, string input, string expected, params string[] more)
        => BatchXaiProgram.RunAsync(Ct, ["model", "verify", model, "--input", input, "--expected", expected, .. more]);
}

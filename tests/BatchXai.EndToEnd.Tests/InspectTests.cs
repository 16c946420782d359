using System.Text.Json;
using BatchXai.Clusters.Processes;
using BatchXai.Onnx;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>What batchxai model inspect says of published models and of impossible ones, as text and as JSON.</summary>
public sealed class InspectTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cifar10_resnet20", "logits", "logits", "", "layer3.2.relu2", 64, 8)]
    [InlineData("mobilenet_v2_1.0_224", "output", "flatten_100", "Softmax", "clip_97", 1280, 7)]
    [InlineData("mobilenet_v1_0.25_128", "output", "flatten_57", "Softmax", "clip_54", 256, 4)]
    [InlineData("squeezenet1.1", "softmaxout_1", "pool10_1", "Softmax", "conv10_2", 1000, 13)]
    public async Task Shared_model_is_told_as_text_and_as_json(string model, string output, string scores, string cutOff, string layer, int channels, int side)
    {
        var file = SharedData.PathOrSkip($"models/{model}.onnx");

        var json = await BatchXaiProgram.RunAsync(Ct, "model", "inspect", file, "--json");
        var text = await BatchXaiProgram.RunAsync(Ct, "model", "inspect", file);

        Assert.Equal((0, 0), (json.ExitCode, text.ExitCode));
        var root = JsonDocument.Parse(json.Output).RootElement;
        var description = root.GetProperty("description");
        Assert.Equal((output, scores), (description.GetProperty("output").GetString(), description.GetProperty("scores").GetString()));
        Assert.Equal(cutOff, string.Join(", ", description.GetProperty("cutOff").EnumerateArray()));
        var target = description.GetProperty("layer");
        Assert.Equal((layer, channels, side), (target.GetProperty("tensor").GetString(), target.GetProperty("channels").GetInt32(), target.GetProperty("width").GetInt32()));
        Assert.True(description.GetProperty("linearHead").GetBoolean());
        Assert.Equal(JsonValueKind.Null, description.GetProperty("fixedBatch").ValueKind);
        Assert.Equal(["cam", "gradcam", "saliency"], root.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!));
        Assert.All(root.GetProperty("operators").EnumerateArray(), use => Assert.Equal(JsonValueKind.Null, use.GetProperty("problem").ValueKind));
        Assert.InRange(root.GetProperty("parameters").GetInt64(), 100_000, 5_000_000);
        Assert.Equal(new FileInfo(file).Length, root.GetProperty("fileBytes").GetInt64());

        Assert.Contains($"{layer}: {channels} channels at {side}×{side}, channels first", text.Output, StringComparison.Ordinal);
        Assert.Contains($"* {layer}", text.Output, StringComparison.Ordinal);
        Assert.Contains("parameters", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT SUPPORTED", text.Output, StringComparison.Ordinal);
        Assert.Empty(text.Errors);
    }

    [Fact]
    public async Task Model_that_cannot_run_is_told_as_far_as_it_can_be()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        await File.WriteAllBytesAsync(file, new OnnxModelBuilder(17).Input("x", [null, 3, 8, 8]).Node("NoSuchOperator", ["x"], "odd").Node("GlobalAveragePool", ["odd"], "scores").Output("scores").ToBytes(), Ct);
        try
        {
            var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(Ct, "model", "inspect", file);

            Assert.NotEqual(0, exitCode);
            Assert.Contains("NoSuchOperator-17 ×1 [NOT SUPPORTED]", output, StringComparison.Ordinal);
            Assert.Contains("Methods    none", output, StringComparison.Ordinal);
            Assert.Contains("ai.onnx::NoSuchOperator-17 (1 node, e.g. 'odd')", errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

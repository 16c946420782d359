using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Onnx;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class BadInputModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_model_is_named_with_its_field()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var missing = Path.Combine(workspace.Root, "nowhere.onnx");
        await Refusal.OneAsync(workspace.Run("out").With("--model", missing), "model.path", missing, "is not a file", "nothing is there", "Check the location");
    }

    [Fact]
    public async Task Folder_in_the_place_of_the_model_is_named()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await Refusal.OneAsync(workspace.Run("out").With("--model", workspace.Images), "model.path", workspace.Images, "a folder is there instead");
    }

    [Fact]
    public async Task Model_cut_in_half_is_no_model()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var whole = await File.ReadAllBytesAsync(workspace.Model, Ct);
        await File.WriteAllBytesAsync(workspace.Model, whole[..(whole.Length / 2)], Ct);
        await Refusal.OneAsync(workspace.Run("out"), workspace.Model, "truncated", "again");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("<!DOCTYPE html><p>404: there is no such model</p>", "is not an ONNX model")]
    public async Task File_that_is_no_onnx_is_named(string content, string says)
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await File.WriteAllTextAsync(workspace.Model, content, Ct);
        await Refusal.OneAsync(workspace.Run("out"), $"error: '{workspace.Model}': The model ", says, "export or download it again");
    }

    [Fact]
    public async Task Unsupported_operators_are_all_named_with_their_opset()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await WriteAsync(workspace, Image(opset: 16)
            .Node("StringNormalizer", ["input"], "first")
            .Node("TfIdfVectorizer", ["first"], "second")
            .Node("GlobalAveragePool", ["second"], "pooled")
            .Node("Flatten", ["pooled"], "logits")
            .Output("logits", [null, 3]));
        await Refusal.OneAsync(workspace.Run("out"), workspace.Model, "StringNormalizer-16", "TfIdfVectorizer-16", "'first'", "'second'", "not supported", "Export the model again");
    }

    [Fact]
    public async Task Model_of_vectors_has_no_image_input()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await WriteAsync(workspace, new OnnxModelBuilder()
            .Input("features", [null, 4])
            .Initializer("weights", [4, 2], [.. Enumerable.Repeat(1f, 8)])
            .Node("MatMul", ["features", "weights"], "logits")
            .Output("logits", [null, 2]));
        await Refusal.OneAsync(workspace.Run("out"), workspace.Model, "'features' ?×4", "N×C×H×W image input is expected");
    }

    [Fact]
    public async Task Free_image_size_must_be_given()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await WriteAsync(workspace, new OnnxModelBuilder()
            .Input("input", [null, 3, null, null])
            .Node("GlobalAveragePool", ["input"], "pooled")
            .Node("Flatten", ["pooled"], "logits")
            .Output("logits", [null, 3]));
        await Refusal.OfAsync(2, workspace.Run("out"), workspace.Model, "leaves its height free", "leaves its width free", "--size");
    }

    [Theory]
    [InlineData("relo3", "relu3")]
    [InlineData("Pool2", "pool2")]
    [InlineData("cnv1", "conv1")]
    public async Task Unknown_layer_is_answered_with_the_near_name(string wanted, string meant)
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await Refusal.OneAsync(workspace.Run("out", "--layer", wanted), workspace.Model, $"'{wanted}'", $"Did you mean '{meant}'");
    }

    [Fact]
    public async Task Layer_without_places_is_refused_with_its_shape()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await Refusal.OneAsync(workspace.Run("out", "--layer", "features"), "'features' has shape 1×24", "N×D×h×w");
    }

    [Fact]
    public async Task Unknown_scores_are_answered_with_the_near_name()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await Refusal.OneAsync(workspace.Run("out", "--output-tensor", "logit"), workspace.Model, "'logit'", "'logits'");
    }

    [Fact]
    public async Task Cam_of_a_model_without_a_linear_head_names_what_is_there_and_another_method()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await WriteAsync(workspace, Image(opset: 17)
            .Node("Relu", ["input"], "relu")
            .Node("Flatten", ["relu"], "flat")
            .Initializer("weights", [3 * 24 * 24, 6], [.. Enumerable.Range(0, 3 * 24 * 24 * 6).Select(i => (float)Math.Sin(i))])
            .Node("MatMul", ["flat", "weights"], "logits")
            .Output("logits", [null, 6]));
        await Refusal.OneAsync(workspace.Run("out").With("--methods", "cam"), workspace.Model, "CAM needs global average pooling and one linear layer", "Flatten, MatMul", "Use Grad-CAM");

        // What failed before it was planned does not bar its folder: the mended command goes through.
        var without = await BatchXaiProgram.RunAsync(Ct, workspace.Run("out").With("--methods", "gradcam,saliency"));
        Assert.True(without.ExitCode == 0, without.Errors);
    }

    private static OnnxModelBuilder Image(long opset) => new OnnxModelBuilder(opset).Input("input", [null, 3, 24, 24]);

    private static Task WriteAsync(PlantedWorkspace workspace, OnnxModelBuilder model) => File.WriteAllBytesAsync(workspace.Model, model.ToBytes(), Ct);
}

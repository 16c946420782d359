using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>A TorchScript archive is audited like an ONNX model, once it is trusted.</summary>
public sealed class ScriptAuditTests : IDisposable
{
    private static readonly string Archive = Path.Combine(AppContext.BaseDirectory, "Samples", "traced.pt");

    private readonly PlantedWorkspace workspace = new(images: 12);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Trusted_archive_explains_every_image()
    {
        var folder = workspace.Output("script");

        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, Run(folder, "--trust-model", "yes", "--size", "16"));

        Assert.True(exitCode == 0, errors);
        var report = await ReportJson.ReadAsync(folder, Ct);
        Assert.Equal((12, 0), (report.Outcomes[ItemOutcome.Explained], report.Unaccounted));
        Assert.Equal("relu()", report.Model.Layer?.Name);
        Assert.All(report.Methods, method => Assert.Equal(12, method.Heatmaps.Values.Sum()));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "batchxai-script-*"));
    }

    [Theory]
    [InlineData("--trust-model yes", "--size")]
    [InlineData("--size 16", "--trust-model yes")]
    public Task Missing_size_or_trust_is_said_with_what_to_do(string given, string advice) =>
        Refusal.OneAsync(Run(workspace.Output("refused"), given.Split(' ')), Archive, advice);

    private string[] Run(string folder, params string[] more) =>
        ["run", "--model", Archive, "--data", workspace.Images, "--masks", workspace.Masks, "--mean", "0.5", "--std", "0.5", "--fit", "squash", "--methods", "gradcam,saliency", "--out", folder, .. more];
}

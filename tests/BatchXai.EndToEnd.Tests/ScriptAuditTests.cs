using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
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
        var temporary = Directory.CreateDirectory(workspace.Output("temporary")).FullName;

        var (exitCode, _, errors) = await BatchXaiProgram.RunWithAsync(("TMPDIR", temporary), Run(folder, "--trust-model", "yes", "--size", "16"), Ct);

        Assert.True(exitCode == 0, errors);
        var report = await AuditFolder.ReportAsync(folder, Ct);
        Assert.Equal((12, 0), (report.Outcomes[ItemOutcome.Explained], report.Unaccounted));
        Assert.Equal("relu()", report.Model.Layer?.Name);
        Assert.All(report.Methods, method => Assert.Equal(12, method.Heatmaps.Values.Sum()));
        Assert.Empty(Directory.EnumerateFiles(temporary, "batchxai-script-*"));
    }

    [Theory]
    [InlineData("--trust-model yes", "--size")]
    [InlineData("--size 16", "--trust-model yes")]
    public Task Missing_size_or_trust_is_said_with_what_to_do(string given, string advice) =>
        Refusal.OneAsync(Run(workspace.Output("refused"), given.Split(' ')), Archive, advice);

    private string[] Run(string folder, params string[] more) =>
        ["run", "--model", Archive, "--data", workspace.Images, "--masks", workspace.Masks, "--class-map", ClassMap(), "--mean", "0.5", "--std", "0.5", "--fit", "squash", "--methods", "gradcam,saliency", "--out", folder, .. more];

    /// <summary>Any outputs: what the model says of these images does not matter.</summary>
    private string ClassMap()
    {
        var file = workspace.Output("classes.csv");
        File.WriteAllText(file, "class,outputs\ndisc,0\nl,1\nplus,2\nring,3\nsquare,4\ntriangle,0\n");
        return file;
    }
}

using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>The sanity checks of whole audits.</summary>
public sealed class SanityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_first_shard_is_checked_with_every_method()
    {
        using var workspace = new PlantedWorkspace(24);
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run("out", "--shard-size", "10", "--batch-size", "8"));
        Assert.True(exitCode == 0, errors);
        var runs = await AuditFolder.WinnersAsync(workspace.Output("out"), Ct);
        Assert.Equal([true, false, false], runs.Select(run => File.Exists(Path.Combine(run, "sanity.json"))));

        var sanity = await new FolderBlobStore(runs[0]).ReadJsonAsync<SanityResult>("sanity.json", Ct);

        string[] methods = ["cam", "gradcam", "saliency"];
        Assert.Equal(8, sanity.Items);
        Assert.Null(sanity.Problem);
        Assert.Equal(methods.SelectMany(method => Enumerable.Repeat(method, 3)), sanity.Redrawn.Select(redrawn => redrawn.Method));
        Assert.All(sanity.Redrawn, redrawn => Assert.Equal(redrawn.Method == "saliency", redrawn.ComplexityRise is not null));
        Assert.Equal([.. methods, "random"], sanity.Curves.Select(curve => curve.Method));
        Assert.Equal(methods.SelectMany(method => (string[])[$"random {method}", $"edges {method}"]), sanity.Controls.Select(control => $"{control.Map} {control.Method}"));
        Assert.All(sanity.Controls, control => Assert.Equal(8, control.Items));
    }
}

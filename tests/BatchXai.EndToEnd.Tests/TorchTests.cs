using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class TorchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machine_that_cannot_load_libtorch_gets_one_message_that_names_what_is_missing()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var (exitCode, _, errors) = await BatchXaiProgram.RunWithAsync(("BATCHXAI_LIBTORCH", workspace.Images), workspace.Run("out"), Ct);
        Assert.Equal(3, exitCode);
        Assert.Single(errors.Split('\n'), line => line.StartsWith("error:", StringComparison.Ordinal));
        Assert.Contains($"BATCHXAI_LIBTORCH is {workspace.Images}, and there is no libtorch.so in it", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}

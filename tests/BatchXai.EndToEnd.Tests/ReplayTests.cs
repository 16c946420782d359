using System.Diagnostics;
using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>The command of an item's page, as a shell reads it.</summary>
public sealed class ReplayTests
{
    private const int Images = 24;
    private const string Odd = "disc/-it's \"odd\", $HOME @\n;#&.png";
    private static readonly string[] Settings = ["--targets", "both", "--causal", "full", "--seed", "5"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Item_that_is_explained_again_ends_as_it_did_among_all()
    {
        using var workspace = new PlantedWorkspace(Images);
        var name = Path.GetFileName(Directory.GetFiles(Path.Combine(workspace.Images, "disc")).Order(StringComparer.Ordinal).Last());
        foreach (var folder in (string[])[workspace.Images, workspace.Masks])
        {
            File.Move(Path.Combine(folder, "disc", name), Path.Combine(folder, Odd));
        }

        var (rows, causal) = await RunAsync(workspace, "all", workspace.Run("all", Settings));
        foreach (var item in (string[])[Odd, rows.First(row => row.Correct == false).ItemId, rows[^1].ItemId])
        {
            var mine = rows.Where(row => row.ItemId == item).ToList();
            var (again, tests) = await RunAsync(workspace, "again", (await ArgumentsAsync(ReplayCommand.Of(workspace.Request(Settings), item, null))).With("--out", workspace.Output("again")));
            Assert.All(again, row => Assert.Equal(item, row.ItemId));
            Assert.Equal("the rows are the same", $"{RowsComparison.Of(mine, again)}");
            Assert.Equal(10, tests.Count);
            Assert.Equal([], CausalComparison.Of([.. causal.Where(row => row.Item == mine[0].Item)], tests));
            Directory.Delete(workspace.Output("again"), recursive: true);
        }
    }

    [Fact]
    public async Task Item_that_is_not_there_is_refused()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await Refusal.OneAsync(workspace.Run("out", "--item", "disc/none.png"), "There is no item 'disc/none.png'", "as reports and items.csv name it", "6 of them");
    }

    private static async Task<(List<ItemResult> Rows, IReadOnlyList<CausalResult> Causal)> RunAsync(PlantedWorkspace workspace, string output, string[] arguments)
    {
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, arguments);
        Assert.True(exitCode == 0, errors);
        return (await AuditFolder.RowsAsync(workspace.Output(output), Ct), await new OutputFolder(workspace.Output(output)).CausalAsync(Ct));
    }

    /// <summary>What a shell makes of a command.</summary>
    private static async Task<string[]> ArgumentsAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"batchxai() {{ printf '%s\\0' \"$@\"; }}; {command}"]) { RedirectStandardOutput = true })!;
        var written = await shell.StandardOutput.ReadToEndAsync(Ct);
        await shell.WaitForExitAsync(Ct);
        Assert.Equal(0, shell.ExitCode);
        return written.Split('\0')[..^1];
    }
}

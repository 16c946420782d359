using System.Text.Json.Nodes;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class ResumeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_killed_in_the_middle_and_run_again_ends_as_if_undisturbed()
    {
        using var workspace = new PlantedWorkspace(images: 600);
        string[] settings = ["--shard-size", "20", "--batch-size", "10"];
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("calm", settings))).ExitCode);

        using (var killed = BatchXaiProgram.Start(workspace.Run("killed", settings)))
        {
            await SomeShardsAsync(workspace.Output("killed"));
            killed.Kill();
            await killed.EndAsync(Ct);
        }

        Assert.False(File.Exists(Path.Combine(workspace.Output("killed"), "report.json")), "the audit ended before it was killed: it must be longer");
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("killed", settings))).ExitCode);

        Assert.Equal(await AuditFolder.RowsAsync(workspace.Output("calm"), Ct), await AuditFolder.RowsAsync(workspace.Output("killed"), Ct));
        Assert.Equal(Figures(workspace.Output("calm")), Figures(workspace.Output("killed")));
    }

    [Fact]
    public async Task Interrupted_audit_says_so_and_continues()
    {
        using var workspace = new PlantedWorkspace(images: 1_500);
        string[] settings = ["--shard-size", "50", "--batch-size", "1", "--causal", "off"]; // Slow, so that the signal comes in the middle even where tests wait for a processor.
        using (var interrupted = BatchXaiProgram.Start(workspace.Run("out", settings)))
        {
            await SomeShardsAsync(workspace.Output("out"));
            interrupted.Interrupt();
            var (exitCode, _, errors) = await interrupted.EndAsync(Ct);
            Assert.Equal(130, exitCode);
            Assert.Contains("The same command continues", errors, StringComparison.Ordinal);
        }

        var before = (await AuditFolder.WinnersAsync(workspace.Output("out"), Ct)).Count;
        Assert.InRange(before, 1, 29);
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("out", settings))).ExitCode);
        Assert.Equal(1_500, (await AuditFolder.RowsAsync(workspace.Output("out"), Ct)).Select(row => row.Item).Distinct().Count());
    }

    [Fact]
    public async Task Finished_audit_asked_for_again_changes_no_row()
    {
        using var workspace = new PlantedWorkspace(images: 40);
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("out"))).ExitCode);
        var winners = await AuditFolder.WinnersAsync(workspace.Output("out"), Ct);
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("out"))).ExitCode);
        Assert.Equal(winners, await AuditFolder.WinnersAsync(workspace.Output("out"), Ct));
    }

    private static async Task SomeShardsAsync(string output)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!Directory.Exists(output) || Directory.GetFiles(output, "items.parquet", SearchOption.AllDirectories).Length < 3)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>The figures of the report, without what names this run: id, time, seconds, folder.</summary>
    private static string Figures(string output)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "report.json")))!.AsObject();
        report["causal"]!.AsObject().Remove("seconds");
        return string.Join('\n', report.Where(member => member.Key is not ("auditId" or "createdAt" or "stageSeconds")).Select(member => $"{member.Key}: {member.Value?.ToJsonString()}"));
    }
}

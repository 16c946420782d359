using System.Text.Json;
using BatchXai.Cli.Tests.Remote;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.Cli.Tests.Commands;

public sealed class CompareCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_audits_of_one_model_are_equivalent_and_the_folders_stay_usable()
    {
        using var planted = await PlantedFolder.MakeAsync(images: 60, Ct);
        var (one, other) = (await RunAsync(planted, "one", 1), await RunAsync(planted, "other", 2));
        var folder = Path.Combine(planted.Root, "comparison");
        var screen = new CapturedScreen();
        Assert.True(await screen.RunAsync("compare", one, other, "--out", folder, "--json") == 0, screen.Errors);
        var report = JsonSerializer.Deserialize<ComparisonReport>(screen.Output, ReportJson.Options)!;
        Assert.Equal((true, 60L), (report.Items.SameDataset, report.Items.Joined));
        // The same model on the same images is right on the same ones.
        Assert.Equal(0, report.Accuracy.All.Difference);
        Assert.Contains(report.Limits, limit => limit.StartsWith("Both audits have the same model file", StringComparison.Ordinal));
        Assert.All(["comparison.json", "comparison.html", "comparison.md"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
        Assert.Equal(0, await new CapturedScreen().RunAsync("report", one));
    }

    [Fact]
    public async Task Folders_that_hold_no_audit_or_are_one_are_refused()
    {
        using var folder = new TemporaryFolder();
        var empty = new CapturedScreen();
        Assert.Equal(3, await empty.RunAsync("compare", folder.Path, Path.Combine(folder.Path, "other")));
        Assert.Contains("holds no audit", empty.Errors, StringComparison.Ordinal);
        var twice = new CapturedScreen();
        Assert.Equal(3, await twice.RunAsync("compare", folder.Path, folder.Path + "/"));
        Assert.Contains("is named twice", twice.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(PlantedFolder planted, string name, int seed)
    {
        var output = Path.Combine(planted.Root, name);
        var screen = new CapturedScreen();
        Assert.True(await screen.RunAsync(["run", .. planted.Flags("--name", name, "--seed", $"{seed}", "--out", output)]) == 0, screen.Errors);
        return output;
    }
}

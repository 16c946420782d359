using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.Cli.Tests.Remote;

/// <summary>compare and gate against a real server.</summary>
public sealed class RemoteReportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audits_on_a_server_are_compared_and_gated_as_those_in_folders()
    {
        using var planted = await PlantedFolder.MakeAsync(images: 60, Ct);
        await using var server = await OneProcessServer.StartAsync(planted.Root, works: true);
        var (one, other) = (await SubmitAsync(planted, server, "one", 1), await SubmitAsync(planted, server, "other", 2));

        var folder = Path.Combine(planted.Root, "comparison");
        var compare = new CapturedScreen();
        Assert.True(await compare.RunAsync("compare", one, other, "--server", server.Address, "--out", folder, "--json") == 0, compare.Errors);
        var comparison = JsonSerializer.Deserialize<ComparisonReport>(compare.Output, ReportJson.Options)!;
        Assert.Equal((one, other, true, 60L, 0d), ($"{comparison.First.AuditId}", $"{comparison.Second.AuditId}", comparison.Items.SameDataset, comparison.Items.Joined, comparison.Accuracy.All.Difference));
        Assert.All(["comparison.json", "comparison.html", "comparison.md"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));

        var (remote, remoteOutput) = await GateAsync(one, "--baseline", other, "--server", server.Address);
        var (local, localOutput) = await GateAsync(await FetchAsync(planted, server, one), "--baseline", await FetchAsync(planted, server, other));
        Assert.Equal((local, localOutput), (remote, remoteOutput));
        Assert.Contains("one against other", remoteOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audits_that_are_not_there_or_not_done_are_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false);
        var (running, unknown) = ($"{await server.SeedAsync(AuditState.Running)}", $"{Guid.NewGuid()}");
        await RefusedAsync($"Audit {running} cannot be compared: it is running.", "compare", running, unknown, "--server", server.Address);
        await RefusedAsync($"There is no audit {unknown}.", "compare", unknown, running, "--server", server.Address);
        await RefusedAsync($"There is no audit {unknown}.", "gate", unknown, "--server", server.Address);
        await RefusedAsync("no server. Give --server", "compare", running, unknown, "--server", "");
        await RefusedAsync("no server. Give --server", "gate", unknown, "--server", "");
        await RefusedAsync($"'{running}' and '{folder.Path}' do not lie in one place.", "compare", running, folder.Path, "--server", server.Address);
    }

    private static async Task<string> SubmitAsync(PlantedFolder planted, OneProcessServer server, string name, int seed)
    {
        var screen = new CapturedScreen();
        Assert.True(await screen.RunAsync(["submit", .. planted.Flags("--name", name, "--seed", $"{seed}", "--watch", "--server", server.Address)]) == 0, screen.Errors);
        var list = new CapturedScreen();
        Assert.Equal(0, await list.RunAsync("list", "--server", server.Address, "--json"));
        return $"{JsonSerializer.Deserialize<AuditList>(list.Output, ApiJson.Options)!.Audits.Single(audit => audit.Name == name).Id}";
    }

    private static async Task<string> FetchAsync(PlantedFolder planted, OneProcessServer server, string audit)
    {
        var folder = Path.Combine(planted.Root, "fetched", audit);
        var screen = new CapturedScreen();
        Assert.True(await screen.RunAsync("report", audit, "--server", server.Address, "--out", folder) == 0, screen.Errors);
        return folder;
    }

    private static async Task<(int ExitCode, string Output)> GateAsync(params string[] arguments)
    {
        var screen = new CapturedScreen();
        var exitCode = await screen.RunAsync(["gate", .. arguments]);
        Assert.True(exitCode != 3, screen.Errors);
        return (exitCode, screen.Output);
    }

    private static async Task RefusedAsync(string says, params string[] arguments)
    {
        var screen = new CapturedScreen();
        Assert.Equal(3, await screen.RunAsync(arguments));
        Assert.StartsWith($"error: {says}", Assert.Single(screen.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }
}

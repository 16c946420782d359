using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Cli.Tests.Remote;

/// <summary>The commands against a real server.</summary>
public sealed class RemoteCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_is_submitted_watched_listed_and_its_report_fetched()
    {
        using var planted = await PlantedFolder.MakeAsync(images: 40, Ct);
        await using var server = await OneProcessServer.StartAsync(planted.Root, works: true);

        var submit = new CapturedScreen();
        Assert.True(await submit.RunAsync(["submit", .. planted.Flags("--name", "remote", "--watch", "--server", server.Address)]) == 0, submit.Errors);
        Assert.Contains("uploading untrained.onnx", submit.Errors, StringComparison.Ordinal);
        Assert.Contains("done: 40 of 40 images", submit.Errors, StringComparison.Ordinal);
        Assert.Contains("Items     40", submit.Output, StringComparison.Ordinal);

        var list = new CapturedScreen();
        Assert.Equal(0, await list.RunAsync("list", "--server", server.Address, "--json"));
        var audit = Assert.Single(JsonSerializer.Deserialize<AuditList>(list.Output, ApiJson.Options)!.Audits);
        Assert.Equal(("remote", AuditState.Done, 40L), (audit.Name, audit.State, audit.Items));
        Assert.Contains($"Report    {server.Address}/api/audits/{audit.Id}/report.html", submit.Output, StringComparison.Ordinal);

        var fetched = Path.Combine(planted.Root, "fetched");
        var report = new CapturedScreen();
        Assert.Equal(0, await report.RunAsync("report", $"{audit.Id}", "--server", server.Address, "--out", fetched));
        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(fetched, "items.csv"), Ct), await File.ReadAllLinesAsync(await LocalRunAsync(planted), Ct));
        Assert.All(["report.json", "report.html", "model-card.md", "classes.csv"], name => Assert.True(File.Exists(Path.Combine(fetched, name)), name));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(fetched, "evidence"), "item-*.png"));
        var tested = (await ReportJson.ReadAsync<OverfittingReport>(new FolderBlobStore(fetched), "report.json", Ct)).TurnedAnswers!;
        Assert.All(tested.Shown.SelectMany(item => item.Tests.Prepend(item.Before)), view => Assert.True(File.Exists(Path.Combine(fetched, view.Picture!)), view.Picture));

        var again = new CapturedScreen();
        Assert.Equal(0, await again.RunAsync(["submit", .. planted.Flags("--server", server.Address)]));
        Assert.DoesNotContain("uploading", again.Errors, StringComparison.Ordinal);
        Assert.Contains("batchxai watch", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_survives_a_restart_of_the_server()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false);
        var id = await server.SeedAsync(AuditState.Running);
        var screen = new CapturedScreen();
        var watching = screen.RunAsync("watch", $"{id}", "--server", server.Address);
        await UntilAsync(() => screen.Errors.Contains("running", StringComparison.Ordinal));

        await server.StopAsync();
        await UntilAsync(() => screen.Errors.Contains("the server is away", StringComparison.Ordinal));
        await server.StartAgainAsync();
        await server.ChangeAsync(db => db.Audits.ExecuteUpdateAsync(row => row.SetProperty(audit => audit.State, AuditState.Failed).SetProperty(audit => audit.Error, "the model is unusable"), Ct));
        Assert.Equal(3, await watching);
        Assert.Contains("error: the model is unusable", screen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_of_the_server_is_told_problem_by_problem()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false);
        var screen = new CapturedScreen();
        Assert.Equal(3, await screen.RunAsync("submit", "--model", "azblob://models/a.onnx", "--labels", "/no/such.txt", "--data", "/no/such/folder", "--shard-size", "0", "--server", server.Address));
        string[] problems = ["shardSize: 0.", "model.path: 'azblob://models/a.onnx' is refused", "model.labels: '/no/such.txt' is refused", "dataset.path: '/no/such/folder' is refused"];
        Assert.All(problems, problem => Assert.Contains($"error: {problem}", screen.Errors, StringComparison.Ordinal));
        Assert.Contains("/no/such.txt: no such file here, so it is taken for one of the server's", screen.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("a.onnx: no such file", screen.Errors, StringComparison.Ordinal);
        Assert.Empty(screen.Output);
    }

    [Fact]
    public async Task Audit_is_cancelled_retried_and_deleted()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false);
        var id = await server.SeedAsync(AuditState.Running);
        foreach (var (command, says) in new[] { ("cancel", "cancelled"), ("retry", "submitted"), ("delete", "deleted") })
        {
            var screen = new CapturedScreen();
            Assert.True(await screen.RunAsync(command, $"{id}", "--server", server.Address) == 0, screen.Errors);
            Assert.Equal($"{id}  {says}", screen.Output.Trim());
        }

        var gone = new CapturedScreen();
        Assert.Equal(3, await gone.RunAsync("watch", $"{id}", "--server", server.Address));
        Assert.Equal($"error: There is no audit {id}.", gone.Errors.Trim());
    }

    [Fact]
    public async Task Cancelled_audit_ends_the_watch_as_cancelled()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false);
        var screen = new CapturedScreen();
        Assert.Equal(130, await screen.RunAsync("watch", $"{await server.SeedAsync(AuditState.Cancelled)}", "--server", server.Address, "--json"));
        Assert.Equal("cancelled", JsonDocument.Parse(screen.Output).RootElement.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "the server at http://127.0.0.1:1/ cannot be reached")]
    [InlineData("localhost:5000", "--server: 'localhost:5000' is not the address of a server")]
    [InlineData("", "no server. Give --server")]
    public async Task Server_that_is_not_there_is_one_line(string address, string says)
    {
        var screen = new CapturedScreen();
        Assert.Equal(3, await screen.RunAsync("list", "--server", address));
        Assert.StartsWith($"error: {says}", Assert.Single(screen.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<string> LocalRunAsync(PlantedFolder planted)
    {
        var output = Path.Combine(planted.Root, "local");
        var screen = new CapturedScreen();
        Assert.True(await screen.RunAsync(["run", .. planted.Flags("--name", "remote", "--out", output)]) == 0, screen.Errors);
        return Path.Combine(output, "items.csv");
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!isSo())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using BatchXai.Cli.Tests.Remote;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Cli.Tests.Serve;

/// <summary>The real program, as a person starts it.</summary>
public sealed class ServeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audits_of_this_machine_are_shown_compared_and_left_alone()
    {
        using var planted = await PlantedFolder.MakeAsync(images: 40, Ct);
        using var state = new TemporaryFolder();
        var folders = new[] { "one", "other" }.Select(name => Path.Combine(planted.Root, name)).ToList();
        foreach (var folder in folders)
        {
            Assert.Equal(0, await RunAsync(state.Path, ["run", .. planted.Flags("--name", Path.GetFileName(folder), "--out", folder)]));
        }

        using var served = await ServedPages.StartAsync(state.Path);
        var audits = await served.GetAsync("/");
        var ids = ServedPages.AuditsIn(audits);
        Assert.Equal(2, ids.Count);
        Assert.All(folders, folder => Assert.Contains(folder, audits, StringComparison.Ordinal));
        foreach (var id in ids)
        {
            var page = await served.GetAsync($"/audits/{id}");
            Assert.Contains("What this report cannot see", page, StringComparison.Ordinal);
            Assert.Contains("<html", await served.GetAsync($"/audits/{id}/report/report.html"), StringComparison.Ordinal);
            Assert.Contains("items.parquet", await served.GetAsync($"/audits/{id}/files"), StringComparison.Ordinal);
        }

        Assert.Contains("All items", await served.GetAsync($"/compare?first={ids[1]}&second={ids[0]}"), StringComparison.Ordinal);
        Assert.Contains("batchxai run", await served.GetAsync("/submit"), StringComparison.Ordinal);
        Assert.Contains(folders[0], await served.GetAsync("/system"), StringComparison.Ordinal);
        // A cohort of one audit can be chosen in the other, whose folder is another one, and outlives the program.
        Assert.Contains("Its figures", await served.SendFormAsync($"/audits/{ids[0]}/items?correct=false", "/cohorts", ("name", "missed <b>")), StringComparison.Ordinal);
        using (var later = await ServedPages.StartAsync(state.Path))
        {
            Assert.Contains("missed &lt;b&gt;", await later.GetAsync("/cohorts"), StringComparison.Ordinal);
            Assert.Contains("In cohort <bdi>missed", await later.GetAsync($"/audits/{ids[1]}?cohort=missed+%3Cb%3E"), StringComparison.Ordinal);
            Assert.Equal(0, await later.StopAsync());
        }

        // What is shown can be worked with meanwhile.
        Assert.Equal(0, await RunAsync(state.Path, ["report", folders[0]]));
        Assert.Equal(0, await RunAsync(state.Path, ["run", "--fresh", .. planted.Flags("--name", "anew", "--out", folders[1])]));
        Assert.Contains(">anew<", await served.GetAsync("/"), StringComparison.Ordinal);
        Directory.Delete(folders[0], recursive: true);
        audits = await served.GetAsync("/");
        Assert.Single(ServedPages.AuditsIn(audits));
        Assert.Contains("Not shown", audits, StringComparison.Ordinal);
        Assert.Equal(0, await served.StopAsync());
    }

    [Fact]
    public async Task Only_this_machine_is_answered_and_no_audit_can_be_changed()
    {
        using var state = new TemporaryFolder();
        using var served = await ServedPages.StartAsync(state.Path);
        Assert.Contains("No audit yet", await served.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", served.Client.BaseAddress!.Host);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "example.org" } };
        using var refused = await served.Client.SendAsync(elsewhere, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var changed = await served.Client.PostAsync("/submit", new StringContent(""), Ct);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, changed.StatusCode);
        using var api = await served.Client.GetAsync("/api/audits", Ct);
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_audits_are_shown_without_cohorts()
    {
        using var folder = new TemporaryFolder();
        var state = Path.Combine(folder.Path, "a file");
        await File.WriteAllTextAsync(state, "", Ct);
        using var served = await ServedPages.StartAsync(state);
        Assert.Contains("No audit yet", await served.GetAsync("/"), StringComparison.Ordinal);
        using var cohorts = await served.Client.GetAsync("/cohorts", Ct);
        Assert.Equal(HttpStatusCode.NotFound, cohorts.StatusCode);
        Assert.Equal(0, await served.StopAsync());
        Assert.Contains("Cohorts cannot be saved in", await served.ErrorsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_folders_and_ports_are_all_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var wrong = new CapturedScreen();
        Assert.Equal(3, await wrong.RunAsync("serve", "/nowhere", "--port", "70000"));
        Assert.Contains("'/nowhere' is no folder", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("--port: 70000", wrong.Errors, StringComparison.Ordinal);
        var busy = new CapturedScreen();
        Assert.Equal(3, await busy.RunAsync("serve", "--port", $"{port}"));
        Assert.Contains($"another program listens at {port}", busy.Errors, StringComparison.Ordinal);
    }

    private static async Task<int> RunAsync(string state, string[] arguments)
    {
        using var program = new StartedProgram("batchxai", arguments, (PrivateState.Variable, state), ("NO_COLOR", "1"));
        var (output, errors) = (program.Output.ReadToEndAsync(Ct), program.Errors.ReadToEndAsync(Ct));
        var code = await program.EndAsync(Ct);
        Assert.True(code == 0, $"{await output}{await errors}");
        return code;
    }
}

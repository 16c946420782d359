using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.Cli.Tests.Remote;

/// <summary>The commands against a server that asks for keys.</summary>
public sealed class RemoteKeysTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Key_is_created_used_listed_and_revoked()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false, $"--Access:AdminKey={Admin}");
        var admin = folder.Write("admin", Admin);
        var (exitCode, created, note) = await RunAsync("keys", "create", "--name", "ci", "--scope", "submitter", "--expires", "30", "--server", server.Address, "--key-file", admin);
        Assert.True(exitCode == 0, note);
        var key = Assert.Single(created.Trim().Split('\n'));
        var id = key.Split('_')[1];
        Assert.StartsWith($"key {id} of ci, submitter.", note, StringComparison.Ordinal);

        var holder = folder.Write("ci", key + "\n");
        Assert.Equal((0, "", "no audits."), await RunAsync("list", "--server", server.Address, "--key-file", holder));
        Assert.Equal((3, "", "error: This needs the scope admin, and this caller has submitter."), await RunAsync("keys", "list", "--server", server.Address, "--key-file", holder));

        var (_, listed, _) = await RunAsync("keys", "list", "--server", server.Address, "--key-file", admin);
        Assert.Matches($@"{id} +ci +submitter +\S+ \S+ +key:admin +\S+ \S+ +valid until", listed);
        var asJson = JsonSerializer.Deserialize<IReadOnlyList<KeyView>>((await RunAsync("keys", "list", "--server", server.Address, "--key-file", admin, "--json")).Output, ReportJson.Options)!;
        Assert.Equal((id, "ci", KeyScope.Submitter), (Assert.Single(asJson).Id, asJson[0].Name, asJson[0].Scope));

        Assert.Equal((0, $"{id}  revoked", ""), await RunAsync("keys", "revoke", key, "--server", server.Address, "--key-file", admin));
        var refused = await RunAsync("list", "--server", server.Address, "--key-file", holder);
        Assert.StartsWith($"error: Key {id} was revoked.", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--key-file", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("error: There is no key 'nokey'.", (await RunAsync("keys", "revoke", "nokey", "--server", server.Address, "--key-file", admin)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_asks_who_is_there_says_what_to_send()
    {
        using var folder = new TemporaryFolder();
        await using var server = await OneProcessServer.StartAsync(folder.Path, works: false, $"--Access:AdminKey={Admin}");
        foreach (var command in new string[][] { ["list"], ["watch", $"{Guid.NewGuid()}"], ["cancel", $"{Guid.NewGuid()}"], ["report", $"{Guid.NewGuid()}"], ["keys", "list"] })
        {
            var (exitCode, output, errors) = await RunAsync([.. command, "--server", server.Address]);
            Assert.Equal((3, ""), (exitCode, output));
            Assert.StartsWith("error: This server asks who is there.", errors, StringComparison.Ordinal);
            Assert.Contains("BATCHXAI_API_KEY", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    [InlineData("one\ntwo")]
    [InlineData("kéy")]
    public async Task File_that_holds_no_key_is_refused_and_not_repeated(string content)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("key", content);
        var (exitCode, _, errors) = await RunAsync("list", "--server", "http://127.0.0.1:1", "--key-file", file);
        Assert.Equal((3, $"error: --key-file '{file}' holds no key: expected one line such as bxk_1a2b3c_…, without spaces."), (exitCode, errors));
        Assert.StartsWith("error: --key-file '/no/such' cannot be read", (await RunAsync("list", "--server", "http://127.0.0.1:1", "--key-file", "/no/such")).Errors, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var screen = new CapturedScreen();
        return (await screen.RunAsync(arguments), screen.Output.Trim(), screen.Errors.Trim());
    }
}

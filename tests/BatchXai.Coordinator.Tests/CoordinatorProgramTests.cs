using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Tests.Access;
using BatchXai.Storage.Artifacts;
using BatchXai.Testing;
using BatchXai.Testing.Services;
using Xunit;

namespace BatchXai.Coordinator.Tests;

/// <summary>The program as it is started on a server, over real services.</summary>
public sealed class CoordinatorProgramTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_settings_are_all_told_line_by_line()
    {
        var (exitCode, errors) = await RunAsync([], ("Dispatch__Window", "wide"), ("Uploads__MaxGiB", "all"), ("Broker__Uri", "rabbit"));
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, exitCode);
        Assert.All(lines, line => Assert.StartsWith("error: ", line, StringComparison.Ordinal));
        Assert.All(["Dispatch:Window", "Uploads:MaxGiB", "Broker:Uri", "Database:ConnectionString", "Blobs:"], setting => Assert.Contains(lines, line => line.Contains(setting, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Database_without_tables_is_refused_until_it_is_migrated()
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-program-");
        (string, string)[] settings =
        [
            ("Database__ConnectionString", await (await PostgresServer.SharedAsync(Ct)).CreateDatabaseAsync(cancellationToken: Ct)),
            ("Broker__Uri", (await (await RabbitServer.SharedAsync(Ct)).CreateVirtualHostAsync(Ct)).OriginalString),
            ("Blobs__Folder", Path.Combine(folder.FullName, "blobs")), ("Sources__Roots__0", folder.FullName), ("Worker__CacheFolder", Path.Combine(folder.FullName, "cache")),
        ];
        var (exitCode, errors) = await RunAsync(["--urls", "http://127.0.0.1:0"], settings);
        Assert.Equal(3, exitCode);
        Assert.Contains("migrate", errors, StringComparison.Ordinal);
        Assert.Equal((0, "", "the database is ready\n"), await RunAllAsync(["migrate"], settings));
        Assert.Equal((0, "", "the database is ready\n"), await RunAllAsync(["migrate"], settings));
        await ClosedAsync(settings);

        await using (var app = CoordinatorHost.Build(["--urls", "http://127.0.0.1:0", .. Arguments(settings)]))
        {
            await app.StartAsync(Ct);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            await ReadyAsync(client);
            var model = Path.Combine(folder.FullName, "a.onnx");
            await File.WriteAllTextAsync(model, "no model", Ct);
            var request = new AuditRequest { Model = new() { Path = model }, Dataset = new() { Path = folder.FullName } };
            using var body = new StringContent(JsonSerializer.Serialize(request, StorageJson.Options), Encoding.UTF8, "application/json");
            var submitted = await (await client.PostAsync("/api/audits", body, Ct)).Content.ReadFromJsonAsync<AuditView>(ApiJson.Options, Ct);
            Assert.Equal(submitted!.Id, Assert.Single((await client.GetFromJsonAsync<AuditList>("/api/audits", ApiJson.Options, Ct))!.Audits).Id);
            Assert.Matches(@"\nbatchxai_lease_lost_total(\{.*\})? 0\s", await client.GetStringAsync("/metrics", Ct)); // Nothing is a figure too.
            await app.StopAsync(Ct);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Server_that_has_let_tokens_in_ends_when_it_is_told_to()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("batchxai-program-");
        (string, string)[] settings =
        [
            ("Database__ConnectionString", await (await PostgresServer.SharedAsync(Ct)).CreateDatabaseAsync(cancellationToken: Ct)),
            ("Broker__Uri", (await (await RabbitServer.SharedAsync(Ct)).CreateVirtualHostAsync(Ct)).OriginalString),
            ("Blobs__Folder", Path.Combine(folder.FullName, "blobs")), ("Worker__CacheFolder", Path.Combine(folder.FullName, "cache")),
        ];
        Assert.Equal(0, (await RunAllAsync(["migrate"], settings)).ExitCode);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        using var program = new StartedProgram("BatchXai.Coordinator", ["--urls", address, .. issuer.Settings], settings.Select(setting => ($"BATCHXAI_{setting.Item1}", setting.Item2)));
        var (output, errors) = (program.Output.ReadToEndAsync(Ct), program.Errors.ReadToEndAsync(Ct));
        using var client = new HttpClient { BaseAddress = new(address) };
        await ReadyAsync(client);
        client.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/audits", Ct)).StatusCode);
        program.Terminate();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1)); // A thread that holds it up would do so for longer.
        Assert.Equal((0, ""), (await program.EndAsync(limit.Token), await errors));
        await output;
        folder.Delete(recursive: true);
    }

    /// <summary>Where others reach it, a server asks for keys, and the first one is made beside it.</summary>
    private static async Task ClosedAsync((string Name, string Value)[] settings)
    {
        string[] everywhere = ["--urls", "http://0.0.0.0:0"];
        var (exitCode, errors) = await RunAsync(everywhere, settings);
        Assert.Equal((3, 1), (exitCode, errors.Trim().Split('\n').Length));
        Assert.Contains("http://0.0.0.0:0", errors, StringComparison.Ordinal);
        Assert.Contains("keys create", errors, StringComparison.Ordinal);
        Assert.Contains("--scope is 'root'", (await RunAsync(["keys", "create", "--name", "me", "--scope", "root"], settings)).Errors, StringComparison.Ordinal);

        var (created, told, key) = await RunAllAsync(["keys", "create", "--name", "me", "--scope", "admin", "--expires", "1"], settings);
        Assert.Equal((0, 1, 1), (created, told.Trim().Split('\n').Length, key.Trim().Split('\n').Length));
        Assert.DoesNotContain(key.Trim(), told, StringComparison.Ordinal);
        await using var app = CoordinatorHost.Build([.. everywhere, .. Arguments(settings)]);
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new UriBuilder(app.Urls.Single()) { Host = "127.0.0.1" }.Uri };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/keys", Ct)).StatusCode);
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Trim());
        Assert.Equal("me", Assert.Single((await client.GetFromJsonAsync<IReadOnlyList<KeyView>>("/api/keys", ApiJson.Options, Ct))!).Name);
        await app.StopAsync(Ct);
    }

    private static IEnumerable<string> Arguments((string Name, string Value)[] settings) => settings.Select(setting => $"--{setting.Name.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}");

    private static async Task ReadyAsync(HttpClient client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await IsReadyAsync())
        {
            await Task.Delay(50, limit.Token);
        }

        async Task<bool> IsReadyAsync()
        {
            try
            {
                return (await client.GetAsync("/health/ready", limit.Token)).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false; // It does not listen yet.
            }
        }
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var (exitCode, errors, _) = await RunAllAsync(arguments, settings);
        return (exitCode, errors);
    }

    private static async Task<(int ExitCode, string Errors, string Output)> RunAllAsync(string[] arguments, (string Name, string Value)[] settings)
    {
        using var program = new StartedProgram("BatchXai.Coordinator", arguments, settings.Select(setting => ($"BATCHXAI_{setting.Name}", setting.Value)));
        var (output, errors) = (program.Output.ReadToEndAsync(Ct), program.Errors.ReadToEndAsync(Ct));
        return (await program.EndAsync(Ct), await errors, await output);
    }
}

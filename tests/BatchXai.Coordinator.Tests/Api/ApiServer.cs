using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Submit;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Server;
using BatchXai.Storage;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

/// <summary>The real API on a free port, over a real database and a folder, without a dispatcher: rows move only when a test moves them.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly WebApplication app;

    private readonly bool owns;

    private ApiServer(TestDatabase database, bool owns, TimeProvider clock, string[] settings)
    {
        (this.database, this.owns) = (database, owns);
        var builder = ServerProgram.CreateBuilder([$"--Blobs:Folder={Path.Combine(Folder, "blobs")}", $"--Sources:Roots:0={Folder}", $"--Worker:CacheFolder={Path.Combine(Folder, "cache")}", .. settings], "http://127.0.0.1:0");
        database.AddTo(builder.Services.AddSingleton(clock))
            .AddStorage(builder.Configuration)
            .AddApi(builder.Configuration)
            .AddCoordinatorParts(ReportPlace.InAudit, EmbeddedCoordinator.Options)
            .AddInMemoryBus(bus => bus.AddCoordinatorConsumers(EmbeddedCoordinator.Options));
        app = CoordinatorHost.Finish(builder, host => host.Logging.ClearProviders().AddProvider(Log));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("batchxai-api-").FullName;

    public TestDatabase Database => database;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the server has logged.</summary>
    public LogCapture Log { get; } = new();

    /// <summary>Every address that the server knows.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public IBlobStore Blobs => app.Services.GetRequiredService<IBlobStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<ApiServer> StartAsync(params string[] settings) => StartAsync(DatabaseKind.Sqlite, settings);

    public static async Task<ApiServer> StartAsync(DatabaseKind kind, params string[] settings) => await StartAsync(await TestDatabase.StartAsync(kind, Ct), settings);

    public static Task<ApiServer> StartAsync(TestDatabase database, params string[] settings) => StartAsync(new ApiServer(database, owns: true, TimeProvider.System, settings));

    /// <summary>One whose clock a test moves.</summary>
    public static async Task<ApiServer> StartAsync(TimeProvider clock, params string[] settings) => await StartAsync(new ApiServer(await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct), owns: true, clock, settings));

    /// <summary>Another over the same database.</summary>
    public Task<ApiServer> BesideAsync(params string[] settings) => StartAsync(new ApiServer(database, owns: false, TimeProvider.System, settings));

    private static async Task<ApiServer> StartAsync(ApiServer server)
    {
        await server.app.StartAsync(Ct);
        server.Client = new HttpClient { BaseAddress = new Uri(server.app.Urls.Single()), Timeout = TimeSpan.FromMinutes(2) };
        return server;
    }

    /// <summary>A request that the server can fulfil, with files that exist.</summary>
    public AuditRequest Request()
    {
        var model = Path.Combine(Folder, "model.onnx");
        File.WriteAllText(model, "a model");
        return new() { Name = "my audit", Model = new() { Path = model }, Dataset = new() { Path = Directory.CreateDirectory(Path.Combine(Folder, "images")).FullName } };
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, string type = "application/json") =>
        Client.PostAsync(path, new StringContent(json, Encoding.UTF8, type), Ct);

    public async Task<T> GetAsync<T>(string path) => (await Client.GetFromJsonAsync<T>(path, ApiJson.Options, Ct))!;

    /// <summary>Sends one request line as it is, and returns all that comes back.</summary>
    public async Task<string> RawAsync(string line)
    {
        using var socket = new TcpClient(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\nHost: {Client.BaseAddress.Authority}\r\nConnection: close\r\n\r\n"), Ct);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }

    /// <summary>The problems of an answer, which must be a refusal with this status.</summary>
    public static async Task<IReadOnlyList<string>> RefusedAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal(Problem.ContentType, answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<Problem>(text, ApiJson.Options)!;
        Assert.Equal((int)status, problem.Status);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return problem.Problems;
    }

    /// <summary>Adds an audit with some shards of ten items.</summary>
    public async Task<Guid> SeedAsync(AuditState state, params ShardState[] shards)
    {
        var id = Guid.CreateVersion7();
        await ChangeAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            db.Audits.Add(new AuditRow { Id = id, Name = $"audit in {state}", Fingerprint = id.ToString(), Request = "{}", State = state, Items = shards.Length * 10, CreatedAt = now, PlannedAt = shards.Length > 0 ? now.AddSeconds(-10) : null });
            db.Shards.AddRange(shards.Select((shard, number) => new ShardRow
            {
                AuditId = id, Number = number, State = shard, FirstItem = number * 10, Items = 10, ItemsDone = shard == ShardState.Done ? 10 : shard == ShardState.Running ? 4 : 0, ItemsFailed = shard == ShardState.Done ? 1 : 0,
            }));
            await db.SaveChangesAsync(Ct);
            await database.Dialect.AddAuditAsync(db, id, Ct);
        });
        return id;
    }

    /// <summary>Creates a key of a caller, which is not the first of its name perhaps.</summary>
    public Task<CreatedKey> KeyAsync(KeyScope scope, string name) => app.Services.GetRequiredService<ApiKeys>().CreateAsync(new() { Name = name, Scope = scope }, null, Ct);

    /// <summary>Adds an audit that a caller has submitted, and that is done.</summary>
    public async Task<Guid> SeedOfAsync(string createdBy)
    {
        var id = await SeedAsync(AuditState.Done, ShardState.Done);
        await ChangeAsync(db => db.Audits.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(one => one.CreatedBy, createdBy), Ct));
        return id;
    }

    /// <summary>Sends a request with a key, or with none; reads the head of the answer.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, string? key, string? json = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    public async Task ChangeAsync(Func<AuditDb, Task> change)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(Ct);
        await change(db);
    }

    public Task MoveAsync(Guid audit, AuditState state) =>
        ChangeAsync(db => db.Audits.Where(row => row.Id == audit).ExecuteUpdateAsync(row => row.SetProperty(one => one.State, state), Ct));

    /// <summary>How many audits and blobs there are.</summary>
    public async Task<(int Audits, int Blobs)> CountAsync()
    {
        var audits = 0;
        await ChangeAsync(async db => audits = await db.Audits.CountAsync(Ct));
        return (audits, await Blobs.ListAsync("", Ct).CountAsync(Ct));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        if (owns)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}

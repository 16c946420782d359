using BatchXai.Contracts.Audits;
using BatchXai.Coordinator;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Report;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Server;
using BatchXai.Storage;
using BatchXai.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace BatchXai.Cli.Tests.Remote;

/// <summary>A whole server in this process: API, coordinator and, if wanted, a worker, over SQLite, a folder and the in-memory bus.</summary>
internal sealed class OneProcessServer : IAsyncDisposable
{
    private static readonly DispatchOptions Dispatch = new() { Window = 4, IsEmbedded = true };

    private readonly string folder;
    private readonly bool works;
    private readonly string[] settings;
    private WebApplication app;

    private OneProcessServer(string folder, bool works, string[] settings)
    {
        (this.folder, this.works, this.settings) = (folder, works, settings);
        app = Build("http://127.0.0.1:0");
    }

    public string Address { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts a server; it may read below the folder, and keeps its own things in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="works">With a worker; without one, and without a dispatcher, only the test moves rows.</param>
    /// <param name="settings">More settings, such as <c>--Access:Mode=closed</c>.</param>
    public static async Task<OneProcessServer> StartAsync(string folder, bool works, params string[] settings)
    {
        var server = new OneProcessServer(folder, works, settings);
        await AuditDatabase.MigrateAsync(server.app.Services, Ct);
        await server.app.StartAsync(Ct);
        server.Address = server.app.Urls.Single();
        return server;
    }

    public async Task StopAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    /// <summary>At the same address, over the same data.</summary>
    public async Task StartAgainAsync()
    {
        app = Build(Address);
        await app.StartAsync(Ct);
    }

    public async Task<Guid> SeedAsync(AuditState state)
    {
        var id = Guid.CreateVersion7();
        await ChangeAsync(async db =>
        {
            db.Audits.Add(new AuditRow { Id = id, Name = "seeded", Fingerprint = id.ToString(), Request = "{}", State = state, CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync(Ct);
        });
        return id;
    }

    public async Task ChangeAsync(Func<AuditDb, Task> change)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(Ct);
        await change(db);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private WebApplication Build(string address)
    {
        var builder = ServerProgram.CreateBuilder([$"--Blobs:Folder={Path.Combine(folder, "server")}", $"--Sources:Roots:0={folder}", $"--Worker:CacheFolder={Path.Combine(folder, "cache")}", .. settings], address);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddStorage(builder.Configuration)
            .AddSqliteDatabase(Path.Combine(folder, "server.db"))
            .AddApi(builder.Configuration)
            .AddInMemoryBus(bus =>
            {
                bus.AddCoordinatorConsumers(Dispatch);
                if (works)
                {
                    bus.AddWorkerConsumers();
                }
            });
        _ = works ? builder.Services.AddCoordinator(ReportPlace.InAudit, Dispatch).AddWorker() : builder.Services.AddCoordinatorParts(ReportPlace.InAudit, Dispatch);
        return CoordinatorHost.Finish(builder, host => host.Logging.ClearProviders());
    }
}

using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Submit;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage.Blobs;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Tests;

/// <summary>A coordinator over a real database, a real folder and the in-memory bus, without a dispatcher and without workers.</summary>
internal sealed class EmbeddedCoordinator : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly TestDatabase database;

    private EmbeddedCoordinator(string folder, TestDatabase database)
    {
        (Folder, this.database) = (folder, database);
        services = database.AddTo(new ServiceCollection().AddSingleton(TimeProvider.System))
            .AddLogging()
            .AddSingleton<IBlobStore>(new FolderBlobStore(folder))
            .AddSingleton<AuditPlanner>()
            .AddSingleton<AuditSubmission>()
            .AddInMemoryBus(bus => bus.AddCoordinatorConsumers())
            .BuildServiceProvider();
    }

    public string Folder { get; }

    public IBlobStore Blobs => services.GetRequiredService<IBlobStore>();

    public AuditSubmission Submission => services.GetRequiredService<AuditSubmission>();

    public static async Task<EmbeddedCoordinator> StartAsync(DatabaseKind kind, CancellationToken ct)
    {
        var coordinator = new EmbeddedCoordinator(Directory.CreateTempSubdirectory("batchxai-").FullName, await TestDatabase.StartAsync(kind, ct));
        await coordinator.services.GetRequiredService<IBusControl>().StartAsync(ct);
        return coordinator;
    }

    public Task<AuditDb> DatabaseAsync(CancellationToken ct) => services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(ct);

    public Task TellAsync<T>(T message, CancellationToken ct)
        where T : class => services.GetRequiredService<IBus>().SendToAsync(message is ModelInspected ? Queues.Plans : Queues.Events, message, ct);

    /// <summary>An audit in a state, with one shard in a state.</summary>
    public async Task<(Guid Audit, Guid Run)> SeedAsync(AuditState audit, ShardState shard, int items, CancellationToken ct)
    {
        var (id, run) = (Guid.NewGuid(), Guid.NewGuid());
        await using var db = await DatabaseAsync(ct);
        db.Audits.Add(new AuditRow { Id = id, Name = "test", Fingerprint = id.ToString(), Request = "{}", State = audit });
        db.Shards.Add(new ShardRow { AuditId = id, Number = 0, State = shard, Items = items, LeaseId = run, RunId = run, Attempt = 1 });
        await db.SaveChangesAsync(ct);
        await database.Dialect.AddAuditAsync(db, id, ct);
        return (id, run);
    }

    /// <summary>Waits until the only shard of the audit is as wanted, and returns it.</summary>
    public async Task<ShardRow> ShardWhenAsync(Guid audit, Func<ShardRow, bool> wanted, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var db = await DatabaseAsync(limit.Token);
            var shard = await db.Shards.AsNoTracking().SingleAsync(row => row.AuditId == audit, limit.Token);
            if (wanted(shard))
            {
                return shard;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.GetRequiredService<IBusControl>().StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

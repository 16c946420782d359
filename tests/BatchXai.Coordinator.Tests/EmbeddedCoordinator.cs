using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Submit;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Hosting.Messaging;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using MassTransit;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace BatchXai.Coordinator.Tests;

/// <summary>A coordinator over a real database, a real folder and the in-memory bus, whose steps a test takes, and without workers.</summary>
internal sealed class EmbeddedCoordinator : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly TestDatabase database;

    private EmbeddedCoordinator(string folder, TestDatabase database)
    {
        (Folder, this.database) = (folder, database);
        services = database.AddTo(new ServiceCollection().AddSingleton(TimeProvider.System))
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock))
            .AddLogging()
            .AddStorage(folder)
            .AddCoordinatorParts(ReportPlace.InAudit, Options)
            .AddSingleton<CoordinatorLoop>()
            .AddSingleton<PlanningWork>()
            .AddInMemoryBus(bus =>
            {
                bus.AddCoordinatorConsumers(Options);
                bus.AddQueueConsumer<SentMessages>(Queues.Shards, 1);
            })
            .AddSingleton<SentMessages>()
            .BuildServiceProvider();
    }

    public static DispatchOptions Options { get; } = new() { Window = 8 };

    /// <summary>Stands still unless a test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public SentMessages Sent => services.GetRequiredService<SentMessages>();

    public string Folder { get; }

    public IBlobStore Blobs => services.GetRequiredService<IBlobStore>();

    public AuditSubmission Submission => services.GetRequiredService<AuditSubmission>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>As an embedded run submits.</summary>
    public async Task<Guid> SubmitAsync(AuditRequest request, CancellationToken ct) => await Submission.SubmitOrContinueAsync(await PreparedAudit.MakeAsync(request, SourceLocations.Anywhere, ct), ct);

    /// <summary>One step of the loop, as at a healthy coordinator.</summary>
    public async Task StepAsync(CancellationToken ct)
    {
        await Get<CoordinatorLoop>().StepAsync(ct);
        Get<DispatchHealth>().Worked();
    }

    public static async Task<EmbeddedCoordinator> StartAsync(DatabaseKind kind, CancellationToken ct)
    {
        var coordinator = new EmbeddedCoordinator(Directory.CreateTempSubdirectory("batchxai-").FullName, await TestDatabase.StartAsync(kind, ct));
        await coordinator.services.GetRequiredService<IBusControl>().StartAsync(ct);
        return coordinator;
    }

    public Task<AuditDb> DatabaseAsync(CancellationToken ct) => services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(ct);

    public Task TellAsync<T>(T message, CancellationToken ct)
        where T : class => services.GetRequiredService<IBus>().SendToAsync(message is ModelInspected ? Queues.Plans : Queues.Events, message, ct);

    /// <summary>A planned audit with waiting shards of two items each, and their manifests.</summary>
    public async Task<Guid> PlannedAsync(int shards, CancellationToken ct, int weight = 1, int items = 2)
    {
        var id = Guid.NewGuid();
        await using var db = await DatabaseAsync(ct);
        db.Audits.Add(new AuditRow { Id = id, Name = "test", Fingerprint = id.ToString(), Request = "{}", State = AuditState.Running, Items = shards * items, Weight = weight });
        for (var number = 0; number < shards; number++)
        {
            var first = number * items;
            db.Shards.Add(new ShardRow { AuditId = id, Number = number, FirstItem = first, Items = items, NotBefore = Clock.GetUtcNow().UtcDateTime });
            await using var lines = new MemoryStream();
            await ManifestLines.WriteAsync(lines, Enumerable.Range(first, items).Select(item => new DatasetItem { Index = item, Id = $"{item}.png", Path = $"{item}.png", Label = "a" }), ct);
            await Blobs.WriteAsync(ArtifactAddresses.Manifest(id, number), lines.ToArray(), ct);
        }

        await db.SaveChangesAsync(ct);
        await database.Dialect.AddAuditAsync(db, id, ct);
        return id;
    }

    public async Task<List<ShardRow>> ShardsAsync(Guid audit, CancellationToken ct)
    {
        await using var db = await DatabaseAsync(ct);
        return await db.Shards.AsNoTracking().Where(row => row.AuditId == audit).OrderBy(row => row.Number).ToListAsync(ct);
    }

    public async Task<AuditRow> AuditAsync(Guid audit, CancellationToken ct)
    {
        await using var db = await DatabaseAsync(ct);
        return await db.Audits.AsNoTracking().SingleAsync(row => row.Id == audit, ct);
    }

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

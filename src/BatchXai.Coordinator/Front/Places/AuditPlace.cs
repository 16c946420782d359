using BatchXai.Coordinator.Compare;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Watch;
using BatchXai.Storage;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using AuditViews = BatchXai.Coordinator.Watch.AuditViews;

namespace BatchXai.Coordinator.Front.Places;

/// <summary>A database of audits with the files behind it: what pages read from.</summary>
public sealed class AuditPlace : IAsyncDisposable
{
    /// <summary>The place that a process works in.</summary>
    /// <param name="services">Its database, blobs and reports.</param>
    internal AuditPlace(IServiceProvider services)
    {
        Databases = services.GetRequiredService<IDbContextFactory<AuditDb>>();
        Dialect = services.GetRequiredService<DatabaseDialect>();
        Blobs = services.GetRequiredService<IBlobStore>();
        Locations = services.GetRequiredService<SourceLocations>();
        Views = services.GetRequiredService<AuditViews>();
        Feeds = services.GetRequiredService<AuditFeeds>();
        Reporter = services.GetRequiredService<AuditReporter>();
        Comparer = services.GetRequiredService<AuditComparer>();
    }

    /// <summary>The output folder of <c>batchxai run</c>, absolute; null: a server's database.</summary>
    public string? Folder { get; private init; }

    /// <summary>The database.</summary>
    public IDbContextFactory<AuditDb> Databases { get; }

    /// <summary>What the database does in its own way.</summary>
    public DatabaseDialect Dialect { get; }

    /// <summary>Where artifacts and reports lie.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>Where models, images and masks may be read.</summary>
    public SourceLocations Locations { get; }

    /// <summary>Where its audits stand.</summary>
    public AuditViews Views { get; }

    /// <summary>Its reports.</summary>
    public AuditReporter Reporter { get; }

    /// <summary>Opens two of its audits to compare them.</summary>
    public AuditComparer Comparer { get; }

    /// <summary>Tells when its audits move.</summary>
    internal AuditFeeds Feeds { get; }

    /// <summary>What goes with the place; null: others use it too.</summary>
    private ServiceProvider? Own { get; init; }

    /// <summary>Opens the database to store a review. A folder is otherwise only read: this is the one thing that pages write there, between what others write.</summary>
    internal Task<AuditDb> OpenForReviewAsync(CancellationToken cancellationToken) =>
        Folder is null ? Databases.CreateDbContextAsync(cancellationToken) : Task.FromResult(AuditDatabase.OpenSqlite(DatabaseFile(Folder)));

    /// <summary>An output folder, only to be read: nobody who works in it notices.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="lifetime">Ends what watches audits in it.</param>
    public static AuditPlace InFolder(string folder, IHostApplicationLifetime lifetime)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(lifetime)
            .AddStorage(folder)
            .AddSqliteDatabase(DatabaseFile(folder), readOnly: true)
            .AddSingleton(ReportPlace.AtRoot)
            .AddSingleton<AuditViews>()
            .AddSingleton<AuditFeeds>()
            .AddSingleton<AuditReporter>()
            .AddSingleton<AuditComparer>()
            .BuildServiceProvider();
        return new(services) { Folder = folder, Own = services };
    }

    private static string DatabaseFile(string folder) => Path.Combine(folder, "batchxai.db");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Own?.DisposeAsync() ?? ValueTask.CompletedTask;
}

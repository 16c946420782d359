using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Submit;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage;
using BatchXai.Storage.Locations;
using BatchXai.Worker;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Cli.Embedded;

/// <summary>Coordinator and worker in this process: the distributed pipeline over an in-memory bus, SQLite and a folder.</summary>
public static class EmbeddedAudit
{
    /// <summary>One worker: a window of its own size keeps it busy.</summary>
    private static readonly DispatchOptions Dispatch = new() { Window = 4, IsEmbedded = true };

    /// <summary>Runs the audit to its end, or continues it where an earlier run in the same folder stopped.</summary>
    /// <exception cref="UserErrorException">The request cannot work, or the folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was done is kept.</exception>
    public static async Task<AuditEnded> RunAsync(AuditRequest request, string output, bool fresh, IProgress<AuditProgress> progress, CancellationToken cancellationToken)
    {
        request = await AuditRequestCheck.CheckedAsync(request, SourceLocations.Anywhere, cancellationToken); // Before an output folder is made for a request that cannot work.
        using var folder = OutputFolder.Take(output, fresh);
        using var host = Build(folder);
        var databases = host.Services.GetRequiredService<IDbContextFactory<AuditDb>>();
        try
        {
            await AuditDatabase.MigrateAsync(host.Services, cancellationToken);
            var prepared = await PreparedAudit.MakeAsync(request, SourceLocations.Anywhere, cancellationToken);
            await RefuseOtherAuditAsync(host.Services, prepared, folder.Path, cancellationToken);
            var audit = await host.Services.GetRequiredService<AuditSubmission>().SubmitOrContinueAsync(prepared, cancellationToken);
            await host.StartAsync(cancellationToken);
            try
            {
                return await new AuditWatch(databases, host.Services.GetRequiredService<DispatchHealth>(), host.Services.GetRequiredService<AuditReporter>(), audit, folder.Path, progress).EndAsync(cancellationToken);
            }
            finally
            {
                await host.StopAsync(CancellationToken.None);
            }
        }
        catch (Exception failed) when (Storage(failed) is { } cause)
        {
            throw new UserErrorException($"Output folder '{folder.Path}' cannot be written: {cause} Free some space or give write permission, then run the same command again; what was done is kept.");
        }
    }

    /// <summary>Makes the report of a finished audit again from what its folder holds.</summary>
    /// <exception cref="UserErrorException">There is no finished audit in the folder.</exception>
    public static async Task<AuditEnded> RewriteReportAsync(string output, CancellationToken cancellationToken)
    {
        await using var finished = await FinishedAudit.OpenAsync(output, cancellationToken);
        var report = await finished.Services.GetRequiredService<AuditReporter>().WriteAsync(finished.Db, finished.Audit, cancellationToken);
        return new(finished.Audit.Id, finished.Audit.State, finished.Folder.Path, report, null);
    }

    /// <summary>Coordinator and worker over one folder.</summary>
    internal static IHost Build(OutputFolder folder)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.None);
        if (Environment.GetEnvironmentVariable("BATCHXAI_DEBUG") == "1")
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddStorage(folder.Path)
            .AddWorker()
            .AddSqliteDatabase(folder.DatabaseFile)
            .AddCoordinator(ReportPlace.AtRoot, Dispatch)
            .AddInMemoryBus(bus =>
            {
                bus.AddWorkerConsumers();
                bus.AddCoordinatorConsumers(Dispatch);
            })
            .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder.Build();
    }

    private static async Task RefuseOtherAuditAsync(IServiceProvider services, PreparedAudit request, string folder, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<AuditSubmission>().FindOtherAsync(request, cancellationToken) is { } other)
        {
            throw new UserErrorException($"'{folder}' holds another audit ('{other.Name}', {other.State.ToString().ToLowerInvariant()}): its model or its settings differ from this run's. Choose another --out, or replace it with --fresh.");
        }
    }

    /// <summary>Trouble with the disk, in one sentence; null: something else.</summary>
    private static string? Storage(Exception failed) => failed switch
    {
        Microsoft.Data.Sqlite.SqliteException sqlite => sqlite.Message,
        DbUpdateException { InnerException: Microsoft.Data.Sqlite.SqliteException sqlite } => sqlite.Message,
        FileNotFoundException or DirectoryNotFoundException => null,
        IOException or UnauthorizedAccessException => failed.Message,
        _ => null,
    };
}

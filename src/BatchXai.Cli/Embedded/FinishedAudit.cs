using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Cli.Embedded;

/// <summary>A finished audit in its output folder, which is held until this is disposed. Nothing runs.</summary>
internal sealed class FinishedAudit : IAsyncDisposable
{
    private readonly IHost host;

    private FinishedAudit(OutputFolder folder, IHost host, AuditDb db, AuditRow audit) => (Folder, this.host, Db, Audit) = (folder, host, db, audit);

    /// <summary>The folder.</summary>
    public OutputFolder Folder { get; }

    /// <summary>Its database.</summary>
    public AuditDb Db { get; }

    /// <summary>The audit.</summary>
    public AuditRow Audit { get; }

    /// <summary>What may work on it.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Opens the audit in a folder.</summary>
    /// <exception cref="UserErrorException">There is no finished audit in the folder, or another process works in it.</exception>
    public static async Task<FinishedAudit> OpenAsync(string output, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(output, "batchxai.db")))
        {
            throw new UserErrorException($"'{output}' holds no audit: there is no batchxai.db in it. Expected the --out folder of an earlier run.");
        }

        OutputFolder? folder = null;
        IHost? host = null;
        AuditDb? db = null;
        try
        {
            folder = OutputFolder.Take(output, fresh: false);
            host = EmbeddedAudit.Build(folder);
            await AuditDatabase.MigrateAsync(host.Services, cancellationToken);
            db = await host.Services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(cancellationToken);
            var audit = await db.Audits.OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            return audit is { State: AuditState.Done } ? new FinishedAudit(folder, host, db, audit) : throw new UserErrorException(
                $"The audit in '{folder.Path}' is not finished (state: {audit?.State.ToString().ToLowerInvariant() ?? "none"}). Run it to its end first: batchxai run with the same settings continues it.");
        }
        catch
        {
            db?.Dispose();
            host?.Dispose();
            folder?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        host.Dispose();
        Folder.Dispose();
    }
}

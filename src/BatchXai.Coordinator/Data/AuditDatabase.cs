using BatchXai.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Data;

/// <summary>Registers and opens the database of an embedded coordinator: one SQLite file.</summary>
public static class AuditDatabase
{
    // Raised with every change of the tables; an older file is refused by name, never misread.
    private const int SchemaVersion = 1;

    /// <summary>Adds a context factory over the SQLite file.</summary>
    public static IServiceCollection AddAuditDatabase(this IServiceCollection services, string file) =>
        services.AddDbContextFactory<AuditDb>(options => options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 60 }.ToString()));

    /// <summary>Creates the tables in a new file, or checks that an existing file has them.</summary>
    /// <exception cref="UserErrorException">The file was written by another version.</exception>
    public static async Task OpenAsync(IDbContextFactory<AuditDb> databases, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var version = File.Exists(db.Database.GetDbConnection().DataSource)
            ? await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancellationToken)
            : 0;
        if (version == 0)
        {
            // New, or left behind half-made by a full disk: the version is written last.
            await db.Database.EnsureCreatedAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync($"PRAGMA journal_mode = WAL; PRAGMA user_version = {SchemaVersion};", cancellationToken);
            return;
        }

        if (version != SchemaVersion)
        {
            throw new UserErrorException($"{db.Database.GetDbConnection().DataSource} has tables of version {version}, and this program writes version {SchemaVersion}. Choose another output folder, or start again with --fresh.");
        }
    }
}

using BatchXai.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Data;

/// <summary>Registers and opens the database: one SQLite file when embedded, PostgreSQL otherwise.</summary>
public static class AuditDatabase
{
    /// <summary>Adds a context factory over a SQLite file.</summary>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string file) => services
        .AddSingleton<DatabaseDialect, SqliteDialect>()
        .AddDbContextFactory<AuditDb>(options => options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 60 }.ToString()));

    /// <summary>Makes the tables, or brings them up to date.</summary>
    /// <exception cref="UserErrorException">The database was written by a version that this one cannot follow.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(cancellationToken);
        await services.GetRequiredService<DatabaseDialect>().MigrateAsync(db, cancellationToken);
    }
}

using BatchXai.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>Registers and opens the database: one SQLite file when embedded, PostgreSQL otherwise.</summary>
public static class AuditDatabase
{
    /// <summary>Adds a context factory over a SQLite file. Call <see cref="MigrateAsync"/> before use.</summary>
    /// <param name="services">Takes the factory.</param>
    /// <param name="file">The file.</param>
    /// <param name="readOnly">For who looks into the file of another process: nothing is written, and nothing stays open between uses, so that the file may be replaced.</param>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string file, bool readOnly = false) => services
        .AddSingleton<DatabaseDialect, SqliteDialect>()
        .AddSingleton<IDbContextFactory<AuditDb>, AuditDbFactory<SqliteAuditDb>>()
        .AddPooledDbContextFactory<SqliteAuditDb>(options => options.UseSqlite(new SqliteConnectionStringBuilder
        {
            DataSource = file, DefaultTimeout = 60, Pooling = !readOnly, Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        }.ToString()));

    /// <summary>Opens a SQLite file that is there to write a row between what its own process writes. Nothing stays open afterwards.</summary>
    internal static AuditDb OpenSqlite(string file) => new SqliteAuditDb(new DbContextOptionsBuilder<SqliteAuditDb>().UseSqlite(new SqliteConnectionStringBuilder
    {
        DataSource = file, DefaultTimeout = 10, Pooling = false, Mode = SqliteOpenMode.ReadWrite,
    }.ToString()).Options);

    /// <summary>
    /// Adds a context factory over the PostgreSQL database of <c>Database:ConnectionString</c>, and makes the database's clock this process's clock in place of any that is registered before. Starting
    /// checks the tables, and never changes them: <see cref="MigrateAsync"/> is a step of its own.
    /// </summary>
    /// <exception cref="UserErrorException">The connection string is missing or cannot be used.</exception>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = PostgresConnection.Checked(configuration[PostgresConnection.Setting]);
        return services
            .AddSingleton(_ => NpgsqlDataSource.Create(connection))
            .AddSingleton<DatabaseDialect, PostgresDialect>()
            .AddSingleton<IDbContextFactory<AuditDb>, AuditDbFactory<PostgresAuditDb>>()
            .AddPooledDbContextFactory<PostgresAuditDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()))
            .AddSingleton(_ => new DatabaseClock(TimeProvider.System))
            .AddHostedService<DatabaseWatch>()
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>()));
    }

    /// <summary>Makes the tables, or brings them up to date.</summary>
    /// <exception cref="UserErrorException">The database was written by a version that this one cannot follow.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(cancellationToken);
        await services.GetRequiredService<DatabaseDialect>().MigrateAsync(db, cancellationToken);
    }
}

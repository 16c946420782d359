using BatchXai.Coordinator.Data;
using BatchXai.Testing.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BatchXai.Coordinator.Tests.Data;

/// <summary>A migrated database of one test: a SQLite file, or a copy of a migrated PostgreSQL database.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-db-").FullName;
    private readonly ServiceProvider services;
    private readonly string? postgres;

    private TestDatabase(string? postgres)
    {
        this.postgres = postgres;
        services = AddTo(new ServiceCollection().AddLogging()).BuildServiceProvider();
    }

    public DatabaseKind Kind => postgres is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres;

    public string File => Path.Combine(folder, "batchxai.db");

    public string ConnectionString => postgres ?? throw new InvalidOperationException("This one is a file.");

    public IServiceProvider Services => services;

    public DatabaseDialect Dialect => services.GetRequiredService<DatabaseDialect>();

    public static async Task<TestDatabase> StartAsync(DatabaseKind kind, CancellationToken ct)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var server = await PostgresServer.SharedAsync(ct);
            return new(await server.CreateDatabaseAsync(template: await Template.Value.WaitAsync(ct), cancellationToken: ct));
        }

        var database = new TestDatabase(null);
        await AuditDatabase.MigrateAsync(database.services, ct);
        return database;
    }

    /// <summary>A PostgreSQL database without any table.</summary>
    public static async Task<TestDatabase> EmptyPostgresAsync(CancellationToken ct) => new(await (await PostgresServer.SharedAsync(ct)).CreateDatabaseAsync(cancellationToken: ct));

    /// <summary>On a server that the test may kill.</summary>
    public static async Task<TestDatabase> StartOnAsync(PostgresServer server, CancellationToken ct)
    {
        var database = new TestDatabase(await server.CreateDatabaseAsync(cancellationToken: ct));
        await AuditDatabase.MigrateAsync(database.services, ct);
        return database;
    }

    public IServiceCollection AddTo(IServiceCollection to) => postgres is null ? to.AddSqliteDatabase(File) : to.AddDatabase(Configuration(postgres));

    public Task<AuditDb> OpenAsync(CancellationToken ct) => services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(ct);

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await db.Database.ExecuteSqlRawAsync(sql, ct);
    }

    public static IConfiguration Configuration(string? connectionString) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = connectionString }).Build();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        if (postgres is not null)
        {
            await using var server = NpgsqlDataSource.Create((await PostgresServer.SharedAsync(CancellationToken.None)).ConnectionString);
            await using var drop = server.CreateCommand($"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(postgres).Database}\" WITH (FORCE)");
            await drop.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Its name. Nobody is connected to it any more, so that it can be copied.</summary>
    private static async Task<string> MakeTemplateAsync()
    {
        var database = await EmptyPostgresAsync(CancellationToken.None);
        await AuditDatabase.MigrateAsync(database.services, CancellationToken.None);
        await database.services.DisposeAsync();
        Directory.Delete(database.folder, recursive: true);
        return new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
    }
}

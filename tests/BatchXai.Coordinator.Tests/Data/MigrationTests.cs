using BatchXai.Contracts;
using BatchXai.Coordinator.Data;
using BatchXai.Testing.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class MigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Migrations_say_all_that_the_model_says(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        await using var db = await database.OpenAsync(Ct);
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: Data/README.md says how to add a migration for both databases.");
    }

    [Theory, EachDatabase]
    public async Task Migrating_again_changes_nothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        await using (var db = await database.OpenAsync(Ct))
        {
            db.Workers.Add(new WorkerRow { Name = "w", Device = "cpu", Version = "1" });
            await db.SaveChangesAsync(Ct);
        }

        await AuditDatabase.MigrateAsync(database.Services, Ct);
        await using var again = await database.OpenAsync(Ct);
        Assert.Equal("w", (await again.Workers.SingleAsync(Ct)).Name);
    }

    [Fact]
    public async Task File_of_a_version_before_migrations_is_refused()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        await database.ExecuteAsync("PRAGMA user_version = 2", Ct);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => AuditDatabase.MigrateAsync(database.Services, Ct));
        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("--fresh", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_of_a_later_version_is_refused()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        await database.ExecuteAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Future', '99')", Ct);
        Assert.Contains("Future", (await Assert.ThrowsAsync<UserErrorException>(() => AuditDatabase.MigrateAsync(database.Services, Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_of_a_process_that_was_killed_while_it_migrated_stops_nobody()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        await database.ExecuteAsync(
            """
            DELETE FROM "__EFMigrationsHistory"; DROP VIEW audit_overview; DROP VIEW shard_durations; DROP VIEW item_outcomes; DROP VIEW focus_by_class; DROP VIEW focus_by_split; DROP VIEW focus_by_model_version;
            DROP VIEW causal_by_class; DROP VIEW causal_by_split; DROP VIEW causal_by_model_version;
            DROP TABLE audits; DROP TABLE shards; DROP TABLE items; DROP TABLE causal_results; DROP TABLE inspections; DROP TABLE workers; DROP TABLE api_keys; DROP TABLE access_log; DROP TABLE cohorts; DROP TABLE seals; DROP TABLE cluster_reviews;
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2020-01-01');
            """,
            Ct);
        await AuditDatabase.MigrateAsync(database.Services, Ct);
        await using var db = await database.OpenAsync(Ct);
        Assert.Empty(await db.Audits.ToListAsync(Ct));
    }

    [Fact]
    public async Task Service_without_tables_says_what_to_run()
    {
        await using var database = await TestDatabase.EmptyPostgresAsync(Ct);
        var error = await StartErrorAsync(database.ConnectionString);
        Assert.Contains("has no tables of BatchXai yet", error, StringComparison.Ordinal);
        Assert.Contains("BatchXai.Coordinator.dll migrate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_with_older_tables_says_what_they_lack()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        await database.ExecuteAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = (SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\")", Ct);
        Assert.Contains("tables of an older version; it lacks ", await StartErrorAsync(database.ConnectionString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_that_may_not_enter_says_so_without_the_password()
    {
        var server = await PostgresServer.SharedAsync(Ct);
        var error = await StartErrorAsync(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "no-such-database", Password = "postgres" }.ConnectionString);
        Assert.Contains("'no-such-database'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Password=", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_away_is_named_when_tables_are_to_be_made()
    {
        using var host = HostOf("Host=127.0.0.1;Port=1;Database=batchxai;Password=secret");
        var error = (await Assert.ThrowsAsync<UserErrorException>(() => AuditDatabase.MigrateAsync(host.Services, Ct))).Message;
        Assert.StartsWith("Database 'batchxai' on 127.0.0.1:1 cannot be used: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_with_its_tables_starts_by_the_clock_of_the_database()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        using var host = HostOf(database.ConnectionString);
        await host.StartAsync(Ct);
        Assert.IsType<DatabaseClock>(host.Services.GetRequiredService<TimeProvider>());
        await host.StopAsync(Ct);
    }

    private static async Task<string> StartErrorAsync(string connectionString)
    {
        using var host = HostOf(connectionString);
        return (await Assert.ThrowsAsync<UserErrorException>(() => host.StartAsync(Ct))).Message;
    }

    private static IHost HostOf(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System).AddDatabase(TestDatabase.Configuration(connectionString));
        return builder.Build();
    }
}

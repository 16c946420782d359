using BatchXai.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>Before anything else starts: is the database there, and has it the tables that this program reads? Then follows its clock.</summary>
internal sealed partial class DatabaseWatch(NpgsqlDataSource database, IDbContextFactory<AuditDb> databases, DatabaseClock clock, ILogger<DatabaseWatch> logger)
    : BackgroundService, IHostedLifecycleService
{
    private const int Tries = 15;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenClockReadings = TimeSpan.FromMinutes(1);

    private string Server => PostgresConnection.Named(database.ConnectionString);

    /// <exception cref="UserErrorException">The database cannot be used as it is.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        await CheckTablesAsync(cancellationToken);
        await clock.SetAsync(database, cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenClockReadings, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await clock.SetAsync(database, stoppingToken);
            }
            catch (NpgsqlException away)
            {
                Log.ClockNotRead(logger, away);
            }
        }
    }

    /// <summary>A server that is only just starting is waited for; one that refuses is not.</summary>
    private async Task ReachAsync(CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException failed) when (tries < Tries && failed is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
            {
                Log.NotReached(logger, Server, failed.Message);
                await Task.Delay(BetweenTries, clock, cancellationToken);
            }
            catch (NpgsqlException failed)
            {
                throw PostgresConnection.Unusable(database.ConnectionString, failed);
            }
        }
    }

    private async Task CheckTablesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var missing = db.Database.GetMigrations().Except(applied).ToList();
        if (missing.Count > 0)
        {
            // Migrations of a later version are no error: while a fleet is upgraded, its older coordinators go on.
            var state = applied.Count == 0 ? "has no tables of BatchXai yet" : $"has tables of an older version; it lacks {string.Join(", ", missing)}";
            throw new UserErrorException($"Database {Server} {state}. A service never changes tables at its start: run 'dotnet BatchXai.Coordinator.dll migrate' first, or the migration bundle.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Warning, "Database {Server} is not reached yet: {Problem}")]
        public static partial void NotReached(ILogger logger, string server, string problem);

        [LoggerMessage(401, LogLevel.Warning, "The database's clock could not be read; the last reading is kept")]
        public static partial void ClockNotRead(ILogger logger, Exception exception);
    }
}

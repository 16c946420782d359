using BatchXai.Testing.Services;
using Npgsql;
using Xunit;

namespace BatchXai.Testing.Tests.Services;

public sealed class PostgresServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_database_is_new_and_a_template_is_copied()
    {
        var server = await PostgresServer.SharedAsync(Ct);
        var first = await server.CreateDatabaseAsync(cancellationToken: Ct);
        await RunAsync(first, "CREATE TABLE seen AS SELECT 7 AS number");
        await using (var pool = new NpgsqlConnection(first))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        var copy = await server.CreateDatabaseAsync(template: new NpgsqlConnectionStringBuilder(first).Database, cancellationToken: Ct);
        var other = await server.CreateDatabaseAsync(cancellationToken: Ct);
        Assert.Equal(7, await RunAsync(copy, "SELECT number FROM seen"));
        Assert.Equal(0L, await RunAsync(other, "SELECT count(*) FROM pg_tables WHERE tablename = 'seen'"));
    }

    [Fact]
    public async Task Killed_it_keeps_what_was_committed()
    {
        await using var server = await PostgresServer.StartPrivateAsync(Ct);
        await RunAsync(server.ConnectionString, "CREATE TABLE seen AS SELECT 7 AS number");
        await server.KillAsync(Ct);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(server.ConnectionString, "SELECT 1"));
        await server.StartAgainAsync(Ct);
        Assert.Equal(7, await RunAsync(server.ConnectionString, "SELECT number FROM seen"));
    }

    [Fact]
    public async Task Stopped_it_ends_sessions_and_comes_back()
    {
        await using var server = await PostgresServer.StartPrivateAsync(Ct);
        await using var open = new NpgsqlConnection(server.ConnectionString);
        await open.OpenAsync(Ct);
        await server.StopAsync(Ct);
        await server.StartAgainAsync(Ct);
        Assert.Equal(1, await RunAsync(server.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Paused_it_answers_nobody_until_it_goes_on()
    {
        await using var server = await PostgresServer.StartPrivateAsync(Ct);
        await using var open = new NpgsqlConnection(server.ConnectionString);
        await open.OpenAsync(Ct);
        await server.PauseAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT 1", open);
        var answer = command.ExecuteScalarAsync(Ct);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        Assert.False(answer.IsCompleted);
        await server.ContinueAsync(Ct);
        Assert.Equal(1, await answer);
    }

    private static async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}

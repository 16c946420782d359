using BatchXai.Contracts;
using BatchXai.Coordinator.Data;
using BatchXai.Testing.Services;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class PostgresConnectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("  ", "is not set")]
    [InlineData("postgres://user:secret@db/batchxai", "looks like a URI")]
    [InlineData("Host=db;Port=secret;Database=b", "is no PostgreSQL connection string")]
    [InlineData("Host=db;Database=b;Password=a;secret", "is no PostgreSQL connection string")]
    [InlineData("Host=db;Password=secret", "names no Database")]
    [InlineData("Password=secret", "names no Host")]
    public void Bad_connection_string_is_told_without_its_values(string? text, string problem)
    {
        var error = Assert.Throws<UserErrorException>(() => PostgresConnection.Checked(text)).Message;
        Assert.Contains($"Database:ConnectionString", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Contains("Expected Host=", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_carry_the_name_of_the_program_unless_another_is_given()
    {
        Assert.Equal("batchxai-coordinator", new NpgsqlConnectionStringBuilder(PostgresConnection.Checked("Host=db;Database=b")).ApplicationName);
        Assert.Equal("mine", new NpgsqlConnectionStringBuilder(PostgresConnection.Checked("Host=db;Database=b;Application Name=mine")).ApplicationName);
    }

    [Fact]
    public async Task Clocks_of_machines_that_disagree_agree_on_the_time_of_the_database()
    {
        await using var database = NpgsqlDataSource.Create((await PostgresServer.SharedAsync(Ct)).ConnectionString);
        var slow = new DatabaseClock(new FakeTimeProvider(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var fast = new DatabaseClock(new FakeTimeProvider(new DateTimeOffset(2101, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await slow.SetAsync(database, Ct);
        await fast.SetAsync(database, Ct);
        await using var command = database.CreateCommand("SELECT clock_timestamp()");
        var now = (DateTime)(await command.ExecuteScalarAsync(Ct))!;

        // The machines' clocks stand still in between, so each shows the moment at which it was set.
        Assert.True(slow.GetUtcNow() < fast.GetUtcNow(), $"{slow.GetUtcNow()} {fast.GetUtcNow()}");
        Assert.True(fast.GetUtcNow() < now, $"{fast.GetUtcNow()} {now}");
        Assert.True(slow.Offset > TimeSpan.Zero && fast.Offset < TimeSpan.Zero);
    }
}

using BatchXai.Coordinator.Tests.Data;
using BatchXai.Testing;
using Npgsql;

namespace BatchXai.Coordinator.Tests.Dashboards;

/// <summary>The role that Grafana reads as, made by infra/grafana/reader.sql; it is the server's, so it goes with the test.</summary>
internal sealed class DashboardReader : IAsyncDisposable
{
    private const string Password = "5f2a";
    private readonly NpgsqlDataSource owner;

    private DashboardReader(TestDatabase database)
    {
        owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = $"-c batchxai.reader_password={Password}", Pooling = false });
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "batchxai_reader", Password = Password, Pooling = false });
    }

    /// <summary>The database, as the role sees it.</summary>
    public NpgsqlDataSource Source { get; }

    public static async Task<DashboardReader> MakeAsync(TestDatabase database, CancellationToken ct)
    {
        var reader = new DashboardReader(database);
        await reader.RunAsync(ct);
        return reader;
    }

    /// <summary>Runs the script.</summary>
    public async Task RunAsync(CancellationToken ct) => await ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(Checkout.Root!, "infra/grafana/reader.sql"), ct), ct);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await ExecuteAsync("DROP OWNED BY batchxai_reader; DROP ROLE batchxai_reader;", CancellationToken.None);
        await owner.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}

using Npgsql;

namespace BatchXai.Testing.Services;

/// <summary>PostgreSQL. Every test makes a database of its own in it.</summary>
public sealed class PostgresServer : TestServer
{
    private const int Port = 5432;

    // What tests ask is what survives a killed process; a killed machine is not, so nothing waits for the disk.
    private static readonly Recipe Recipe = Of(disk: "off");
    private static readonly Recipe DurableRecipe = Of(disk: "on");

    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => Environment.GetEnvironmentVariable(Recipe.Variable) is { Length: > 0 } given
        ? ReadyAsync(new PostgresServer(given, null), default)
        : StartPrivateAsync(default));

    private PostgresServer(string connectionString, Instance? instance)
        : base(Recipe, instance) => ConnectionString = connectionString;

    /// <summary>Of the maintenance database, as a user who may create databases.</summary>
    public string ConnectionString { get; }

    /// <summary>Of a killed server the pool keeps connections that are dead.</summary>
    private string Unpooled => new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString;

    /// <summary>The one of this test process, started when first asked for. Skips the test (in CI: fails it) where there is none.</summary>
    public static Task<PostgresServer> SharedAsync(CancellationToken cancellationToken) => Shared.Value.WaitAsync(cancellationToken);

    /// <summary>One that only the caller knows, who may kill it and disposes it.</summary>
    public static Task<PostgresServer> StartPrivateAsync(CancellationToken cancellationToken) => StartAsync(Recipe, cancellationToken);

    /// <summary>A private one that waits for the disk with every commit, as a server in earnest does: its times are worth telling.</summary>
    public static Task<PostgresServer> StartDurableAsync(CancellationToken cancellationToken) => StartAsync(DurableRecipe, cancellationToken);

    /// <summary>A new database, by default with a name that no other has, and the connection string to it. A template is copied: nobody may be connected to that one.</summary>
    public async Task<string> CreateDatabaseAsync(string? name = null, string? template = null, CancellationToken cancellationToken = default)
    {
        name ??= $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(Unpooled);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE \"{name}\"" + (template is null ? "" : $" TEMPLATE \"{template}\"");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    private protected override async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Unpooled);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task<PostgresServer> StartAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var ports = FreePorts.Take(1);
        var instance = await recipe.MakeAsync(ports, cancellationToken);
        await instance.StartAsync(cancellationToken);
        return await ReadyAsync(new PostgresServer($"Host=127.0.0.1;Port={ports[0]};Username=postgres;Password=postgres;Database=postgres", instance), cancellationToken);
    }

    private static Recipe Of(string disk) => new("postgres", "BATCHXAI_TEST_POSTGRES", "postgres:17", [Port],
        new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "postgres", ["POSTGRES_DISK"] = disk },
        "postgres", "-c", "max_connections=300", "-c", $"fsync={disk}", "-c", $"full_page_writes={disk}");
}

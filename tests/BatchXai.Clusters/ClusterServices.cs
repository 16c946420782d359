using BatchXai.Testing.Services;

namespace BatchXai.Clusters;

/// <summary>A database server, a broker and a blob account that tests may kill: nobody else uses them.</summary>
public sealed class ClusterServices : IAsyncDisposable
{
    private ClusterServices(PostgresServer postgres, RabbitServer rabbit, BlobServer blobs) => (Postgres, Rabbit, Blobs) = (postgres, rabbit, blobs);

    public PostgresServer Postgres { get; }

    public RabbitServer Rabbit { get; }

    public BlobServer Blobs { get; }

    /// <param name="ct">Stops the start.</param>
    /// <param name="durable">Whether the database waits for the disk with every commit, as one in earnest does.</param>
    public static async Task<ClusterServices> StartAsync(CancellationToken ct, bool durable = false)
    {
        var (postgres, rabbit, blobs) = (durable ? PostgresServer.StartDurableAsync(ct) : PostgresServer.StartPrivateAsync(ct), RabbitServer.StartPrivateAsync(ct), BlobServer.StartPrivateAsync(ct));
        await Task.WhenAll(postgres, rabbit, blobs);
        return new(await postgres, await rabbit, await blobs);
    }

    /// <summary>Those of this test process, which nobody may kill.</summary>
    public static async Task<ClusterServices> SharedAsync(CancellationToken ct)
    {
        var (postgres, rabbit, blobs) = (PostgresServer.SharedAsync(ct), RabbitServer.SharedAsync(ct), BlobServer.SharedAsync(ct));
        await Task.WhenAll(postgres, rabbit, blobs);
        return new(await postgres, await rabbit, await blobs);
    }

    /// <summary>A new database with all tables.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct)
    {
        var database = await Postgres.CreateDatabaseAsync(cancellationToken: ct);
        await new ClusterDatabase(database).MigrateAsync(ct);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await Rabbit.DisposeAsync();
        await Blobs.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}

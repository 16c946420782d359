using BatchXai.Testing.Services;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>The services of a benchmark: nobody else's, the database as durable as one in earnest.</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly PostgresServer postgres;
    private readonly RabbitServer rabbit;
    private readonly BlobServer blobs;

    private Services(PostgresServer postgres, RabbitServer rabbit, BlobServer blobs) => (this.postgres, this.rabbit, this.blobs) = (postgres, rabbit, blobs);

    /// <summary>A broker with nothing in it.</summary>
    public Uri Broker => rabbit.Uri;

    /// <summary>A blob account.</summary>
    public string Blobs => blobs.ConnectionString;

    /// <summary>The services' first processes, by what they are.</summary>
    public async Task<IReadOnlyList<(string Name, int Process)>> ProcessesAsync(CancellationToken ct) =>
        [("database", await postgres.ProcessIdAsync(ct)), ("broker", await rabbit.ProcessIdAsync(ct)), ("blob account", await blobs.ProcessIdAsync(ct))];

    public static async Task<Services> StartAsync(CancellationToken ct)
    {
        var (postgres, rabbit, blobs) = (PostgresServer.StartDurableAsync(ct), RabbitServer.StartPrivateAsync(ct), BlobServer.StartPrivateAsync(ct));
        await Task.WhenAll(postgres, rabbit, blobs);
        return new(await postgres, await rabbit, await blobs);
    }

    public Task<string> CreateDatabaseAsync(CancellationToken ct) => postgres.CreateDatabaseAsync("batchxai", cancellationToken: ct);

    public async ValueTask DisposeAsync()
    {
        await rabbit.DisposeAsync();
        await blobs.DisposeAsync();
        await postgres.DisposeAsync();
    }
}

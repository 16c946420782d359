using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Shards;
using Npgsql;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>The database or the blob service is not there for a while.</summary>
public sealed class StorageTroubleTests(Stage stage) : ClusterTest(stage)
{
    [Fact]
    public async Task Database_killed_in_the_middle_of_a_copy()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        Cluster.StartWorker(Paced);
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        await ShardsWhenAsync(audit, shards => shards.Exists(shard => shard.State == ShardState.Done));

        // An uncommitted row of the last item stands in the way of the COPY of its shard, which waits in its middle for the outcome.
        await using var obstacle = await Cluster.Database.ConnectAsync(Ct);
        await using var transaction = await obstacle.BeginTransactionAsync(Ct);
        await using (var insert = new NpgsqlCommand(
            """
            CREATE TEMP TABLE obstacle AS SELECT * FROM items WHERE audit_id = @audit LIMIT 1;
            UPDATE obstacle SET item = @item, row = 0;
            INSERT INTO items SELECT * FROM obstacle;
            """,
            obstacle,
            transaction))
        {
            insert.Parameters.AddWithValue("audit", audit);
            insert.Parameters.AddWithValue("item", Stage.Images - 1L);
            await insert.ExecuteNonQueryAsync(Ct);
        }

        await using var observer = await Cluster.Database.ConnectAsync(Ct);
        await UntilAsync(async () =>
        {
            await using var waiting = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY%'", observer);
            return (long)(await waiting.ExecuteScalarAsync(Ct))! > 0;
        });
        await Cluster.Services.Postgres.KillAsync(Ct);
        await Cluster.Services.Postgres.StartAgainAsync(Ct);
        await EndsUndisturbedAsync(audit);
    }

    [Theory]
    [InlineData(BlobWeather.Rough)]
    [InlineData(BlobWeather.Down)]
    [InlineData(BlobWeather.Silent)]
    public async Task Blob_service_in_trouble(BlobWeather weather)
    {
        await using var blobs = await FaultyBlobs.StartAsync(Stage.Services.Blobs.ConnectionString, Ct);
        await MakeClusterAsync(settings => settings with { BlobConnection = blobs.ConnectionString });
        Cluster.StartCoordinator();
        Cluster.StartWorker(Paced);
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        await ShardsWhenAsync(audit, shards => shards.Exists(shard => shard.State == ShardState.Done));
        blobs.Weather = weather;
        await UntilAsync(() => Task.FromResult(blobs.Refused >= 3));
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        blobs.Weather = BlobWeather.Fine;
        await EndsUndisturbedAsync(audit);
    }
}

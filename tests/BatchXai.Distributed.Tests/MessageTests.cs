using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using RabbitMQ.Client;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>The broker dies, messages vanish or multiply.</summary>
public sealed class MessageTests(Stage stage) : ClusterTest(stage)
{
    [Fact]
    public async Task Broker_killed_and_back()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        var worker = Cluster.StartWorker(Paced);
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync(causal: false);
        await RunningAsync(audit, worker);
        await Cluster.Services.Rabbit.KillAsync(Ct);
        await Cluster.Services.Rabbit.StartAgainAsync(Ct);
        await EndsUndisturbedAsync(audit);
    }

    [Fact]
    public async Task Queue_purged_by_hand()
    {
        await MakeClusterAsync(settings => settings with { SilenceSeconds = 5 });
        Cluster.StartCoordinator();
        var worker = Cluster.StartWorker(Paced);
        var audit = await SubmitAsync(causal: false);
        await RunningAsync(audit, worker);
        await using (var connection = await new ConnectionFactory { Uri = Cluster.Broker }.CreateConnectionAsync(Ct))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Ct))
        {
            Assert.InRange(await channel.QueuePurgeAsync(Queues.Shards, Ct), 1u, 10u);
        }

        await EndsUndisturbedAsync(audit);
        Assert.Contains(await Cluster.Database.ShardsAsync(audit, Ct), shard => shard.Attempt == 2);
    }

    [Fact]
    public async Task Every_message_three_times_to_three_workers()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator(new() { Copies = 3 });
        for (var worker = 0; worker < 3; worker++)
        {
            Cluster.StartWorker(new SabotagePlan { Pace = 10 });
        }

        var audit = await SubmitAsync(causal: false);
        await EndsUndisturbedAsync(audit);
        var shards = await Cluster.Database.ShardsAsync(audit, Ct);
        Assert.All(shards, shard => Assert.Equal((ShardState.Done, 1, 0), (shard.State, shard.Attempt, shard.Deaths)));
        var runs = 0;
        foreach (var shard in shards)
        {
            runs += (await Cluster.RunsAsync(audit, shard.Number, Ct)).Count;
        }

        Assert.True(runs > shards.Count, "no shard was run twice: the copies did not reach the workers");
    }
}

using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Shards;
using Xunit;

namespace BatchXai.Distributed.Tests;

public sealed class CancelTests(Stage stage) : ClusterTest(stage)
{
    [Fact]
    public async Task Cancelled_audit_leaves_its_worker_to_the_next_one()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        var worker = Cluster.StartWorker(new SabotagePlan { Pace = 500 });
        var slow = await SubmitAsync(shardSize: Stage.Images, causal: false); // One shard of a hundred seconds.
        await RunningAsync(slow, worker, done: 0);
        await Cluster.Api.CancelAsync(slow, Ct);
        Assert.Equal("cancelled", await Cluster.Api.EndAsync(slow, Ct));
        Assert.All(await Cluster.Database.ShardsAsync(slow, Ct), shard => Assert.Equal(ShardState.Cancelled, shard.State));

        // Its only slot is free long before the cancelled shard would have ended.
        var next = await SubmitAsync(shardSize: 2, causal: false);
        await ShardsWhenAsync(next, shards => shards.Exists(shard => shard.State == ShardState.Done));
        Assert.Empty(await Cluster.Database.RowsAsync(slow, Ct));
        Assert.Empty(await Cluster.RunsAsync(slow, 0, Ct));
        await Cluster.Api.CancelAsync(next, Ct);
    }

    [Fact]
    public async Task Cancelled_audit_tried_again_ends_undisturbed()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        var worker = Cluster.StartWorker(Paced);
        var audit = await SubmitAsync(causal: false);
        await RunningAsync(audit, worker, done: 2);
        await Cluster.Api.CancelAsync(audit, Ct);
        Assert.Equal("cancelled", await Cluster.Api.EndAsync(audit, Ct));
        await Cluster.Api.RetryAsync(audit, Ct);
        await EndsUndisturbedAsync(audit);
    }
}

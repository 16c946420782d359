using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Shards;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>A coordinator dies; another one, beside it or after it, goes on.</summary>
public sealed class CoordinatorDeathTests(Stage stage) : ClusterTest(stage)
{
    [Theory]
    [InlineData(KillPoints.BeforeShard)]
    [InlineData(KillPoints.AfterShard)]
    public async Task Killed_in_the_middle_of_a_dispatch(string point)
    {
        await MakeClusterAsync();
        var victim = Cluster.StartCoordinator(new() { Kill = point, Nth = 4 });
        Cluster.StartWorker(Paced);
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync(causal: false);
        Assert.Equal(128 + (int)Signal.Kill, await victim.EndAsync(Ct));
        var left = await Cluster.Database.ShardsAsync(audit, Ct);
        Assert.Contains(left, shard => shard.State == ShardState.Dispatched && shard.ConfirmedAt is null);
        Cluster.StartCoordinator();
        await EndsUndisturbedAsync(audit);
    }

    [Fact]
    public async Task One_of_two_killed_while_both_dispatch()
    {
        await MakeClusterAsync();
        var victim = Cluster.StartCoordinator();
        Cluster.StartCoordinator();
        Cluster.StartWorker(Paced);
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        await ShardsWhenAsync(audit, shards => shards.Count(shard => shard.State == ShardState.Done) is >= 2 and < 8);
        await victim.KillAsync(Ct);
        await EndsUndisturbedAsync(audit);
    }

    [Fact]
    public async Task Two_at_once_give_no_shard_out_twice()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        Cluster.StartCoordinator();
        Cluster.StartWorker();
        Cluster.StartWorker();
        Guid[] audits = [await SubmitAsync(shardSize: 4, causal: false), await SubmitAsync(shardSize: 5, causal: false)];
        foreach (var audit in audits)
        {
            await EndsUndisturbedAsync(audit);
            Assert.All(await Cluster.Database.ShardsAsync(audit, Ct), shard => Assert.Equal((1, 0), (shard.Attempt, shard.Deaths)));
        }
    }
}

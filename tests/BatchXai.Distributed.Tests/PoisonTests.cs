using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>One item ends every process that touches it: it is found, and the rest of the audit is as if it were not there.</summary>
public sealed class PoisonTests(Stage stage) : ClusterTest(stage)
{
    private const long Poison = 37;

    [Fact]
    public async Task Item_that_aborts_the_process() => await IsolatedAsync(new() { Abort = Poison }, stallSeconds: 60, shardSize: 4);

    [Fact]
    public async Task Item_that_hangs() => await IsolatedAsync(new() { Hang = Poison }, stallSeconds: 2, shardSize: 2);

    private async Task IsolatedAsync(SabotagePlan poison, int stallSeconds, int shardSize)
    {
        await MakeClusterAsync(settings => settings with { StallSeconds = stallSeconds });
        Cluster.StartCoordinator();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var nurse = ReplaceTheDeadAsync(poison, enough.Token);
        var audit = await SubmitAsync(shardSize, causal: false);
        await Cluster.Api.EndAsync(audit, Ct);
        await enough.CancelAsync();
        await nurse;

        var row = Assert.Single(await Cluster.Database.RowsAsync(audit, Ct), row => row.Item == Poison);
        Assert.Equal(ItemOutcome.Failed, row.Outcome);
        Assert.False(string.IsNullOrWhiteSpace(row.Detail));
        await EndsWithAsync(audit, [.. Stage.Undisturbed.Where(row => row.Item != Poison), row]);

        var shards = await Cluster.Database.ShardsAsync(audit, Ct);
        var alone = Assert.Single(shards, shard => shard.FirstItem == Poison && shard.Items == 1);
        Assert.Equal(ShardState.Done, alone.State);
        Assert.All(shards.Where(shard => shard.State == ShardState.Split), shard => Assert.Equal(2, shard.Deaths));
    }

    /// <summary>What starts workers in earnest also starts them again.</summary>
    private async Task ReplaceTheDeadAsync(SabotagePlan poison, CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
            {
                while (true)
                {
                    await Cluster.StartWorker(poison).EndAsync(ct);
                }
            }));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The audit has ended.
        }
    }
}

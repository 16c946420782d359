using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Shards;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>A worker dies, is frozen, or is told to go.</summary>
public sealed class WorkerDeathTests(Stage stage) : ClusterTest(stage)
{
    private const int Killed = 128 + (int)Signal.Kill;

    /// <summary>The first shard of this one has most of its eight seconds before it when another worker has ended one: it is hit in the middle, however busy the machine is.</summary>
    private static readonly SabotagePlan Slow = new() { Pace = 400 };

    [Fact]
    public async Task Killed_in_the_middle_of_a_shard()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        var victim = Cluster.StartWorker(Slow);
        var other = Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        var held = await RunningAsync(audit, victim);
        await victim.KillAsync(Ct);
        await EndsUndisturbedAsync(audit);

        var shard = await ShardAsync(audit, held.Number);
        Assert.Equal((other.WorkerName, 1), (shard.Worker, shard.Deaths));
        Assert.NotEqual(held.RunId, shard.RunId);
    }

    [Fact]
    public async Task Killed_after_the_upload_and_before_the_result()
    {
        var (audit, victim) = await KilledAtAsync(KillPoints.BeforeResult);
        // Both runs have uploaded, and one of them is counted.
        var shard = Assert.Single(await Cluster.Database.ShardsAsync(audit, Ct), shard => shard.Deaths == 1);
        Assert.NotEqual(victim.WorkerName, shard.Worker);
        Assert.Equal(2, (await Cluster.RunsAsync(audit, shard.Number, Ct)).Count);
    }

    [Fact]
    public async Task Killed_after_the_result_and_before_the_acknowledgement()
    {
        var (audit, _) = await KilledAtAsync(KillPoints.AfterResult);
        // The broker gave the message out again, or the coordinator had already counted the result: no shard needed a second lease.
        Assert.All(await Cluster.Database.ShardsAsync(audit, Ct), shard => Assert.Equal(1, shard.Attempt));
    }

    [Fact]
    public async Task Frozen_for_longer_than_its_silence_is_borne_and_back_with_a_late_result()
    {
        await MakeClusterAsync(settings => settings with { SilenceSeconds = 5 });
        Cluster.StartCoordinator();
        var victim = Cluster.StartWorker(Slow);
        var other = Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        var held = await RunningAsync(audit, victim);
        victim.Send(Signal.Stop);
        var done = (await ShardsWhenAsync(audit, shards => shards.Exists(shard => shard.Number == held.Number && shard.State == ShardState.Done))).Single(shard => shard.Number == held.Number);
        Assert.Equal((other.WorkerName, 1), (done.Worker, done.Deaths));
        Assert.NotEqual(held.LeaseId, done.LeaseId);

        victim.Send(Signal.Continue);
        await EndsUndisturbedAsync(audit);
        await UntilAsync(async () => (await Cluster.RunsAsync(audit, held.Number, Ct)).Contains(held.RunId!.Value) && await Cluster.Api.MetricAsync("batchxai_commit_rejected", Ct) >= 1);
        await EndsUndisturbedAsync(audit);
        Assert.Equal(done.RunId, (await ShardAsync(audit, held.Number)).RunId);
    }

    [Fact]
    public async Task Told_to_stop_hands_its_shard_back_and_nothing_is_held_against_it()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        var leaving = Cluster.StartWorker(Slow);
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        await RunningAsync(audit, leaving);
        leaving.Send(Signal.Terminate);
        Assert.Equal(0, await leaving.EndAsync(Ct));
        await EndsUndisturbedAsync(audit);
        Assert.All(await Cluster.Database.ShardsAsync(audit, Ct), shard => Assert.Equal((1, 0), (shard.Attempt, shard.Deaths)));
    }

    private async Task<(Guid Audit, ClusterProcess Victim)> KilledAtAsync(string point)
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        var victim = Cluster.StartWorker(Paced with { Kill = point, Nth = 2 });
        Cluster.StartWorker(Paced);
        var audit = await SubmitAsync();
        Assert.Equal(Killed, await victim.EndAsync(Ct));
        await EndsUndisturbedAsync(audit);
        return (audit, victim);
    }
}

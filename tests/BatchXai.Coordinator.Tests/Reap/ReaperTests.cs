using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Reap;

public sealed class ReaperTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Lease_that_was_never_confirmed_is_given_anew(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 1);
        var (audit, before) = (coordinator.Audit, coordinator.Shard);
        await using (var db = await coordinator.Value.DatabaseAsync(Ct))
        {
            // As a coordinator leaves it that is killed between row and confirmation.
            await db.Shards.ExecuteUpdateAsync(shard => shard.SetProperty(row => row.ConfirmedAt, (DateTime?)null), Ct);
        }

        await StepsAsync(coordinator.Value, 8);
        Assert.Equal(before.LeaseId, (await coordinator.Value.ShardsAsync(audit, Ct))[0].LeaseId);
        await StepsAsync(coordinator.Value, 2);
        var after = (await coordinator.Value.ShardsAsync(audit, Ct))[0];
        Assert.Equal((ShardState.Dispatched, 1, 0), (after.State, after.Attempt, after.Deaths)); // Nothing is held against the shard.
        Assert.NotEqual(before.LeaseId, after.LeaseId);
    }

    [Theory, EachDatabase]
    public async Task Message_that_nobody_ever_takes_is_sent_again_and_given_up_in_the_end(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 1);
        for (var lost = 1; lost < 5; lost++)
        {
            await StepsAsync(coordinator.Value, 36); // The queue is watched for half a minute.
            Assert.Equal(lost + 1, (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0].Attempt);
        }

        await StepsAsync(coordinator.Value, 36);
        var audit = await coordinator.Value.AuditAsync(coordinator.Audit, Ct);
        Assert.Equal(Contracts.Audits.AuditState.Failed, audit.State);
        Assert.Contains("message was lost again and again", audit.Error, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Silent_run_is_run_again_and_its_late_result_is_dropped(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 2);
        var run = await BeginAsync(coordinator.Value, coordinator.Shard);
        await StepsAsync(coordinator.Value, 29);
        Assert.Equal(ShardState.Running, (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0].State);
        await StepsAsync(coordinator.Value, 2);
        await StepsAsync(coordinator.Value, 2);
        var again = (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0];
        Assert.Equal((ShardState.Dispatched, 1), (again.State, again.Deaths));
        await Dispatch.DispatchTests.WhenAsync(() => coordinator.Value.Sent.Shards.Any(message => message.LeaseId == again.LeaseId && message.Alone));

        await coordinator.Value.TellAsync(new ShardExplained(coordinator.Audit, 0, coordinator.Shard.LeaseId!.Value, run, "late", 2, 0, new Dictionary<string, double>()), Ct);
        await BeginAsync(coordinator.Value, again); // Events are recorded in order.
        Assert.Equal(ShardState.Running, (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0].State);
    }

    [Theory, EachDatabase]
    public async Task Silence_does_not_count_while_the_coordinator_itself_could_not_work(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 2);
        await BeginAsync(coordinator.Value, coordinator.Shard);
        coordinator.Value.Clock.Advance(TimeSpan.FromSeconds(60));
        coordinator.Value.Get<DispatchHealth>().Failed(new IOException("the database was away"));
        await coordinator.Value.StepAsync(Ct);
        await StepsAsync(coordinator.Value, 1);
        await StepsAsync(coordinator.Value, 29);
        Assert.Equal(ShardState.Running, (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0].State);
        await StepsAsync(coordinator.Value, 2);
        Assert.NotEqual(ShardState.Running, (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0].State);
    }

    [Theory, EachDatabase]
    public async Task Second_death_splits_a_shard_and_the_third_of_a_single_item_fails_that_item_alone(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 3);
        for (var death = 0; death < 2; death++)
        {
            await DieAsync(coordinator.Value, coordinator.Audit, 0);
        }

        var shards = await coordinator.Value.ShardsAsync(coordinator.Audit, Ct);
        Assert.Equal(ShardState.Split, shards[0].State);
        Assert.Equal([(1, 0L, 1), (2, 1L, 2)], shards.Skip(1).Select(shard => (shard.Number, shard.FirstItem, shard.Items)));
        Assert.Equal(["1.png", "2.png"], await ItemsAsync(coordinator.Value, coordinator.Audit, 2));

        for (var death = 1; death < 3; death++)
        {
            await DieAsync(coordinator.Value, coordinator.Audit, 1);
        }

        var single = (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[1];
        Assert.Equal((ShardState.Done, 1), (single.State, single.ItemsFailed));
        await using var db = await coordinator.Value.DatabaseAsync(Ct);
        var row = await db.Items.AsNoTracking().SingleAsync(Ct);
        Assert.Equal((0L, "0.png", ItemOutcome.Failed), (row.Item, row.Result.ItemId, row.Result.Outcome));
        Assert.Contains("3 times", row.Result.Detail, StringComparison.Ordinal);
        Assert.False(await coordinator.Value.Blobs.ExistsAsync(ArtifactAddresses.Manifest(coordinator.Audit, 1), Ct)); // Nothing for a late message to die of.
    }

    [Theory, EachDatabase]
    public async Task Shard_that_a_worker_hands_back_waits_again_without_charge(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 2);
        var run = await BeginAsync(coordinator.Value, coordinator.Shard);
        await coordinator.Value.TellAsync(new ShardReturned(coordinator.Audit, 0, coordinator.Shard.LeaseId!.Value, run), Ct);
        var back = await coordinator.Value.ShardWhenAsync(coordinator.Audit, shard => shard.State == ShardState.Pending, Ct);
        Assert.Equal((0, 0), (back.Attempt, back.Deaths));
    }

    [Theory, EachDatabase]
    public async Task Latest_run_to_begin_holds_the_lease(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 2);
        var first = await BeginAsync(coordinator.Value, coordinator.Shard);
        var second = await BeginAsync(coordinator.Value, coordinator.Shard);
        await coordinator.Value.TellAsync(new ShardFailed(coordinator.Audit, 0, coordinator.Shard.LeaseId!.Value, first, "late", Transient: false), Ct);
        await coordinator.Value.TellAsync(new ShardProgressed(coordinator.Audit, 0, coordinator.Shard.LeaseId!.Value, second, 1, 0), Ct);
        var shard = await coordinator.Value.ShardWhenAsync(coordinator.Audit, row => row.ItemsDone == 1, Ct);
        Assert.Equal((ShardState.Running, second, 0), (shard.State, shard.RunId, shard.Deaths));
    }

    [Theory, EachDatabase]
    public async Task Message_that_the_broker_takes_back_from_a_run_is_a_death(DatabaseKind database)
    {
        await using var coordinator = await DispatchedAsync(database, 4);
        await BeginAsync(coordinator.Value, coordinator.Shard, advance: 1);
        await BeginAsync(coordinator.Value, coordinator.Shard, redelivered: true);
        Assert.Equal(1, (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct))[0].Deaths);
        await coordinator.Value.TellAsync(new ShardStarted(coordinator.Audit, 0, coordinator.Shard.LeaseId!.Value, Guid.NewGuid(), "w", Redelivered: true), Ct);
        await Dispatch.DispatchTests.WhenAsync(() => coordinator.Value.ShardsAsync(coordinator.Audit, Ct).GetAwaiter().GetResult()[0].State == ShardState.Split);
        Assert.Equal([2, 2], (await coordinator.Value.ShardsAsync(coordinator.Audit, Ct)).Skip(1).Select(shard => shard.Items));
    }

    private static async Task<Dispatched> DispatchedAsync(DatabaseKind database, int items)
    {
        var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await coordinator.PlannedAsync(1, Ct, items: items);
        await coordinator.StepAsync(Ct);
        await StepsAsync(coordinator, 1); // From here on the coordinator hears its workers.
        return new(coordinator, audit, (await coordinator.ShardsAsync(audit, Ct))[0]);
    }

    /// <summary>Steps as they come in life, more often than every few seconds: a coordinator that looks too seldom knows of no silence.</summary>
    private static async Task StepsAsync(EmbeddedCoordinator coordinator, double seconds)
    {
        for (var rest = seconds; rest > 0; rest -= 4)
        {
            coordinator.Clock.Advance(TimeSpan.FromSeconds(Math.Min(rest, 4)));
            await coordinator.StepAsync(Ct);
        }
    }

    private static async Task<Guid> BeginAsync(EmbeddedCoordinator coordinator, Coordinator.Data.ShardRow shard, bool redelivered = false, double advance = 0)
    {
        coordinator.Clock.Advance(TimeSpan.FromSeconds(advance));
        var run = Guid.NewGuid();
        await coordinator.TellAsync(new ShardStarted(shard.AuditId, shard.Number, shard.LeaseId!.Value, run, "w", redelivered), Ct);
        await Dispatch.DispatchTests.WhenAsync(() => coordinator.ShardsAsync(shard.AuditId, Ct).GetAwaiter().GetResult().Exists(row => row.RunId == run));
        return run;
    }

    /// <summary>The shard's run begins and falls silent.</summary>
    private static async Task DieAsync(EmbeddedCoordinator coordinator, Guid audit, int number)
    {
        await StepsAsync(coordinator, 2);
        await BeginAsync(coordinator, (await coordinator.ShardsAsync(audit, Ct))[number]);
        await StepsAsync(coordinator, 31);
    }

    private static async Task<List<string>> ItemsAsync(EmbeddedCoordinator coordinator, Guid audit, int shard)
    {
        await using var manifest = await coordinator.Blobs.OpenReadAsync(ArtifactAddresses.Manifest(audit, shard), Ct);
        return await ManifestLines.ReadAsync(manifest, Ct).Select(item => item.Id).ToListAsync(Ct);
    }

    private sealed record Dispatched(EmbeddedCoordinator Value, Guid Audit, Coordinator.Data.ShardRow Shard) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Value.DisposeAsync();
    }
}

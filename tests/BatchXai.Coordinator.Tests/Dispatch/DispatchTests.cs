using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Dispatch;

public sealed class DispatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Window_is_filled_with_the_lowest_numbers_and_each_message_is_confirmed(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await coordinator.PlannedAsync(12, Ct);
        await coordinator.StepAsync(Ct);
        await coordinator.StepAsync(Ct);

        var shards = await coordinator.ShardsAsync(audit, Ct);
        Assert.Equal([.. Enumerable.Repeat(ShardState.Dispatched, 8), .. Enumerable.Repeat(ShardState.Pending, 4)], shards.Select(shard => shard.State));
        Assert.All(shards.Take(8), shard => Assert.Equal((1, true, true), (shard.Attempt, shard.LeaseId is not null, shard.ConfirmedAt is not null)));
        await WhenAsync(() => coordinator.Sent.Shards.Count == 8);
        Assert.Equal(shards.Take(8).Select(shard => shard.LeaseId!.Value).Order(), coordinator.Sent.Shards.Select(message => message.LeaseId).Order());
    }

    [Theory, EachDatabase]
    public async Task Audits_share_the_window_by_weight(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (light, heavy) = (await coordinator.PlannedAsync(20, Ct), await coordinator.PlannedAsync(20, Ct, weight: 3));
        await coordinator.StepAsync(Ct);
        Assert.Equal((2, 6), (await InFlightAsync(light), await InFlightAsync(heavy)));

        async Task<int> InFlightAsync(Guid audit) => (await coordinator.ShardsAsync(audit, Ct)).Count(shard => shard.State == ShardState.Dispatched);
    }

    [Theory, EachDatabase]
    public async Task Window_follows_the_workers_that_are_there(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        await coordinator.TellAsync(new WorkerSeen("a", 3, "cpu", "1"), Ct);
        await coordinator.TellAsync(new WorkerSeen("b", 2, "cpu", "1"), Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        while (await db.Workers.CountAsync(Ct) < 2)
        {
            await Task.Delay(20, Ct);
        }

        Assert.Equal(5, await LiveWorkers.In(db, coordinator.Clock.GetUtcNow().UtcDateTime).SumAsync(worker => worker.Slots, Ct));
        Assert.Equal(0, await LiveWorkers.In(db, coordinator.Clock.GetUtcNow().UtcDateTime.AddSeconds(16)).SumAsync(worker => worker.Slots, Ct));
    }

    [Theory, EachDatabase]
    public async Task Two_dispatchers_never_lease_the_same_shard(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await coordinator.PlannedAsync(60, Ct);
        var dialect = coordinator.Get<DatabaseDialect>();
        var now = coordinator.Clock.GetUtcNow().UtcDateTime;
        // SQLite has one coordinator.
        var leased = await Task.WhenAll(Enumerable.Range(0, database == DatabaseKind.Sqlite ? 1 : 4).Select(async _ =>
        {
            var numbers = new List<int>();
            await using var db = await coordinator.DatabaseAsync(Ct);
            while (await dialect.LeaseShardsAsync(db, audit, 3, now, Ct) is { Count: > 0 } next)
            {
                numbers.AddRange(next.Select(shard => shard.Number));
            }

            return numbers;
        }));
        Assert.Equal(Enumerable.Range(0, 60), leased.SelectMany(numbers => numbers).Order());
    }

    internal static async Task WhenAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}

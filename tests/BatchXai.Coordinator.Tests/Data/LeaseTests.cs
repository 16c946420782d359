using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class LeaseTests
{
    private static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Waiting_shards_are_leased_lowest_first_each_with_a_lease_of_its_own(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = Guid.NewGuid();
        await AddAsync(
            database,
            Shard(audit, 0, ShardState.Done), Shard(audit, 1), Shard(audit, 2, notBefore: Now.AddSeconds(1)), Shard(audit, 3), Shard(audit, 4), Shard(Guid.NewGuid(), 0));
        await using var db = await database.OpenAsync(Ct);
        var leased = await database.Dialect.LeaseShardsAsync(db, audit, 2, Now, Ct);

        Assert.Equal([1, 3], leased.Select(shard => shard.Number));
        Assert.All(leased, shard => Assert.Equal((ShardState.Dispatched, 2, Now, null, null, null), (shard.State, shard.Attempt, shard.DispatchedAt, shard.ConfirmedAt, shard.RunId, shard.HeartbeatAt)));
        Assert.Equal(2, leased.Select(shard => shard.LeaseId!.Value).Distinct().Count());
        Assert.Empty(db.ChangeTracker.Entries());

        var stored = await db.Shards.AsNoTracking().Where(shard => shard.AuditId == audit && shard.State == ShardState.Dispatched).OrderBy(shard => shard.Number).ToListAsync(Ct);
        Assert.Equal(leased.Select(shard => (shard.Number, shard.LeaseId, shard.DispatchedAt)), stored.Select(shard => (shard.Number, shard.LeaseId, shard.DispatchedAt)));
        Assert.Equal([4], (await database.Dialect.LeaseShardsAsync(db, audit, 10, Now, Ct)).Select(shard => shard.Number));
    }

    [Fact]
    public async Task Coordinators_that_lease_at_once_never_get_the_same_shard()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = Guid.NewGuid();
        await AddAsync(database, [.. Enumerable.Range(0, 400).Select(number => Shard(audit, number))]);
        var leased = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => LeaseAllAsync(database, audit), Ct)));
        Assert.Equal(Enumerable.Range(0, 400), leased.SelectMany(shards => shards).Order());
    }

    [Fact]
    public async Task Shards_that_another_coordinator_is_leasing_are_passed_over()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = Guid.NewGuid();
        await AddAsync(database, Shard(audit, 0), Shard(audit, 1));
        await using var slow = await database.OpenAsync(Ct);
        await using var transaction = await slow.Database.BeginTransactionAsync(Ct);
        Assert.Equal([0], (await database.Dialect.LeaseShardsAsync(slow, audit, 1, Now, Ct)).Select(shard => shard.Number));
        await using var quick = await database.OpenAsync(Ct);
        Assert.Equal([1], (await database.Dialect.LeaseShardsAsync(quick, audit, 5, Now, Ct)).Select(shard => shard.Number));
    }

    private static async Task<List<int>> LeaseAllAsync(TestDatabase database, Guid audit)
    {
        List<int> numbers = [];
        while (true)
        {
            await using var db = await database.OpenAsync(Ct);
            var leased = await database.Dialect.LeaseShardsAsync(db, audit, 7, Now, Ct);
            if (leased.Count == 0)
            {
                return numbers;
            }

            numbers.AddRange(leased.Select(shard => shard.Number));
        }
    }

    private static async Task AddAsync(TestDatabase database, params ShardRow[] shards)
    {
        await using var db = await database.OpenAsync(Ct);
        db.Shards.AddRange(shards);
        await db.SaveChangesAsync(Ct);
    }

    private static ShardRow Shard(Guid audit, int number, ShardState state = ShardState.Pending, DateTime notBefore = default) => new()
    {
        AuditId = audit, Number = number, State = state, NotBefore = notBefore, Attempt = 1, RunId = Guid.NewGuid(), ConfirmedAt = Now, HeartbeatAt = Now,
    };
}

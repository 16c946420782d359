using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Record;

public sealed class ShardEventsTests
{
    private static readonly Dictionary<string, double> Stages = new() { ["explain"] = 1.5 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Explained_shard_is_recorded_with_every_row_as_the_worker_wrote_it(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (audit, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);
        var rows = await StoreAsync(coordinator, audit, run);

        await coordinator.TellAsync(new ShardExplained(audit, 0, run, run, "w", 2, 1, Stages), Ct);
        var shard = await coordinator.ShardWhenAsync(audit, row => row.State == ShardState.Done, Ct);

        Assert.Equal((2, 1), (shard.ItemsDone, shard.ItemsFailed));
        Assert.Contains("1.5", shard.StageSeconds, StringComparison.Ordinal);
        Assert.Equal(rows, await RowsAsync(coordinator, audit));
    }

    [Theory, EachDatabase]
    public async Task Shard_told_twice_is_counted_once(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (audit, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);
        var rows = await StoreAsync(coordinator, audit, run);

        for (int i = 0; i < 3; i++)
        {
            await coordinator.TellAsync(new ShardExplained(audit, 0, run, run, "w", 2, 0, Stages), Ct);
        }

        // Events are consumed in order: when this one has had its effect, the three before it have been handled.
        await coordinator.ShardWhenAsync(audit, row => row.State == ShardState.Done, Ct);
        await BarrierAsync(coordinator);
        Assert.Equal(rows.Count, (await RowsAsync(coordinator, audit)).Count);
    }

    [Theory, EachDatabase]
    public async Task Run_that_lost_its_shard_changes_nothing(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (audit, winner) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);
        var zombie = Guid.NewGuid();
        await StoreAsync(coordinator, audit, zombie);
        var rows = await StoreAsync(coordinator, audit, winner);

        await coordinator.TellAsync(new ShardProgressed(audit, 0, winner, zombie, 99, 99), Ct);
        await coordinator.TellAsync(new ShardExplained(audit, 0, winner, zombie, "w", 2, 0, Stages), Ct);
        await coordinator.TellAsync(new ShardFailed(audit, 0, winner, zombie, "late", Transient: false), Ct);
        await coordinator.TellAsync(new ShardExplained(audit, 0, winner, winner, "w", 2, 0, Stages), Ct);
        var shard = await coordinator.ShardWhenAsync(audit, row => row.State == ShardState.Done, Ct);

        Assert.Equal(2, shard.ItemsDone);
        Assert.Null(shard.Error);
        Assert.Equal(rows.Count, (await RowsAsync(coordinator, audit)).Count);
    }

    [Theory, EachDatabase]
    public async Task Transient_failure_waits_and_is_tried_again_until_the_fifth_run(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (audit, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);

        await coordinator.TellAsync(new ShardFailed(audit, 0, run, run, "blob store is away", Transient: true), Ct);
        var waiting = await coordinator.ShardWhenAsync(audit, row => row.State == ShardState.Pending, Ct);
        Assert.True(waiting.NotBefore > waiting.HeartbeatAt.GetValueOrDefault());
        Assert.Equal("blob store is away", waiting.Error);

        await using (var db = await coordinator.DatabaseAsync(Ct))
        {
            await db.Shards.ExecuteUpdateAsync(shard => shard.SetProperty(row => row.State, ShardState.Running).SetProperty(row => row.Attempt, 5), Ct);
        }

        await coordinator.TellAsync(new ShardFailed(audit, 0, run, run, "still away", Transient: true), Ct);
        Assert.Equal("still away", (await coordinator.ShardWhenAsync(audit, row => row.State == ShardState.Failed, Ct)).Error);
    }

    [Theory, EachDatabase]
    public async Task Result_whose_rows_are_missing_or_of_other_items_is_not_counted_and_the_shard_runs_again(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (missing, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);
        await coordinator.TellAsync(new ShardExplained(missing, 0, run, run, "w", 2, 0, Stages), Ct);
        Assert.Contains("rows cannot be counted", (await coordinator.ShardWhenAsync(missing, row => row.State == ShardState.Pending, Ct)).Error, StringComparison.Ordinal);

        var (larger, other) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 3, Ct);
        await StoreAsync(coordinator, larger, other);
        await coordinator.TellAsync(new ShardExplained(larger, 0, other, other, "w", 3, 0, Stages), Ct);
        Assert.Contains("they are of 2 items, and the shard has 3", (await coordinator.ShardWhenAsync(larger, row => row.State == ShardState.Pending, Ct)).Error, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(coordinator, larger));
    }

    [Theory, EachDatabase]
    public async Task Lasting_failure_is_not_tried_again(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (audit, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);
        await coordinator.TellAsync(new ShardFailed(audit, 0, run, run, "the model cannot run", Transient: false), Ct);
        Assert.Equal(ShardState.Failed, (await coordinator.ShardWhenAsync(audit, row => row.State != ShardState.Running, Ct)).State);
    }

    [Theory, EachDatabase]
    public async Task Causal_rows_are_recorded_with_their_shard_and_a_table_that_is_cut_off_is_not_counted(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        CausalResult[] rows = [.. Enum.GetValues<CausalFill>().Select(fill => new CausalResult { Item = 0, Split = "all", MaskKind = MaskKind.Mask, Test = CausalTest.Placebo, Fill = fill, Status = CausalStatus.Ok, Flipped = true })];
        using var table = new MemoryStream();
        await CausalParquet.WriteAsync(table, rows, Ct);

        foreach (var told in (int[])[2, 3])
        {
            var (audit, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Running, 2, Ct);
            await StoreAsync(coordinator, audit, run);
            await coordinator.Blobs.WriteAsync(ArtifactAddresses.Causal(audit, 0, run), table.ToArray(), Ct);
            await coordinator.TellAsync(new ShardExplained(audit, 0, run, run, "w", 2, 0, Stages, told), Ct);
            var shard = await coordinator.ShardWhenAsync(audit, row => row.State is ShardState.Done or ShardState.Pending, Ct);

            await using var db = await coordinator.DatabaseAsync(Ct);
            var recorded = await db.CausalResultsOf(audit).ToListAsync(Ct);
            Assert.Equal(told == 2 ? rows : [], recorded);
            Assert.Equal(told == 2, shard.Error is null);
            Assert.Equal(told == 2 ? 2 : 0, (await RowsAsync(coordinator, audit)).Count);
        }
    }

    private static async Task<IReadOnlyList<ItemResult>> StoreAsync(EmbeddedCoordinator coordinator, Guid audit, Guid run)
    {
        ItemResult[] rows =
        [
            new()
            {
                Item = 0, ItemId = "a,\"b\"\n🦩.png", Label = "a", Split = "all", Outcome = ItemOutcome.Explained, Predicted = 3, PredictedName = "three", Confidence = .75, Correct = true,
                Method = "gradcam", Target = "predicted", TargetOutput = 3, Status = HeatmapStatus.Ok, MaskStatus = MaskStatus.Ok, MaskKind = MaskKind.Mask, Maximum = 2, PositiveMass = 10, MapRow = 0,
                Measures = new() { ObjectArea = .25, BackgroundAttention = .5, Focus = -.125, ChanceEnergy = .375 },
            },
            new() { Item = 1, ItemId = "b.png", Split = "all", Outcome = ItemOutcome.Unreadable, Detail = "image is empty" },
        ];
        using var table = new MemoryStream();
        await ItemsParquet.WriteAsync(table, rows, Ct);
        await coordinator.Blobs.WriteAsync(ArtifactAddresses.Items(audit, 0, run), table.ToArray(), Ct);
        return rows;
    }

    private static async Task<List<ItemResult>> RowsAsync(EmbeddedCoordinator coordinator, Guid audit)
    {
        await using var db = await coordinator.DatabaseAsync(Ct);
        return await db.Items.AsNoTracking().Where(row => row.AuditId == audit).OrderBy(row => row.Item).ThenBy(row => row.Row).AsAsyncEnumerable().Select(row => row.Result with { Item = row.Item }).ToListAsync(Ct);
    }

    /// <summary>Another audit's event goes through the same queue, one at a time.</summary>
    private static async Task BarrierAsync(EmbeddedCoordinator coordinator)
    {
        var (other, run) = await coordinator.SeedAsync(AuditState.Running, ShardState.Dispatched, 1, Ct);
        await coordinator.TellAsync(new ShardStarted(other, 0, run, run, "barrier", false), Ct);
        await coordinator.ShardWhenAsync(other, row => row.State == ShardState.Running, Ct);
    }
}

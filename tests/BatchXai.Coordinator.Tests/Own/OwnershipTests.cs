using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Manage;
using BatchXai.Coordinator.Own;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Own;

/// <summary>Two coordinators are two claims on one row here; that their processes differ plays no part.</summary>
public sealed class OwnershipTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task One_of_many_gets_the_audit_and_another_when_it_lets_go(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await InspectedAsync(coordinator);
        var claims = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync(coordinator, audit)))).OfType<AuditClaim>().ToList();
        var claim = Assert.Single(claims);
        await using var db = await coordinator.DatabaseAsync(Ct);
        await claim.LetGoAsync(db, TimeSpan.FromSeconds(2), coordinator.Clock, Ct);
        Assert.Null(await TakeAsync(coordinator, audit)); // Not before the pause is over.
        coordinator.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull(await TakeAsync(coordinator, audit));
    }

    [Theory, EachDatabase]
    public async Task Audit_whose_planner_died_is_planned_from_the_beginning_by_another(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await InspectedAsync(coordinator);
        await LeaveHalfPlannedAsync(coordinator, (await TakeAsync(coordinator, audit))!);
        Assert.False(await coordinator.Get<PlanningWork>().StepAsync(Ct)); // Its term has not ended.

        coordinator.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await coordinator.Get<PlanningWork>().StepAsync(Ct));
        var row = await coordinator.AuditAsync(audit, Ct);
        Assert.Equal((AuditState.Running, 5L, null), (row.State, row.Items, row.OwnedUntil));
        Assert.Equal([(0, 0L, 2), (1, 2L, 2), (2, 4L, 1)], (await coordinator.ShardsAsync(audit, Ct)).Select(shard => (shard.Number, shard.FirstItem, shard.Items)));
    }

    [Theory, EachDatabase]
    public async Task Planner_that_stood_still_adds_nothing_to_what_its_successor_planned(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await InspectedAsync(coordinator);
        var late = (await TakeAsync(coordinator, audit))!;
        await using var db = await coordinator.DatabaseAsync(Ct);
        using var writer = new ShardWriter(db, coordinator.Blobs, late, coordinator.Clock);
        await writer.BeginAsync(Ct);
        await writer.AddAsync(new DatasetItem { Index = 0, Id = "0.png", Path = "0.png", Label = "a" }, 1, Ct);

        coordinator.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await coordinator.Get<PlanningWork>().StepAsync(Ct));
        await Assert.ThrowsAsync<ClaimLostException>(() => writer.CompleteAsync(Ct));
        await Assert.ThrowsAsync<ClaimLostException>(() => writer.BeginAsync(Ct));
        Assert.Equal(3, (await coordinator.ShardsAsync(audit, Ct)).Count);
    }

    [Theory, EachDatabase]
    public async Task Planning_that_fails_is_tried_again_later_and_ends_the_audit_after_five_tries(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await InspectedAsync(coordinator, description: """{"hash": 1}""");
        for (var tries = 1; tries <= 5; tries++)
        {
            Assert.Equal(AuditState.Planning, (await coordinator.AuditAsync(audit, Ct)).State);
            Assert.True(await coordinator.Get<PlanningWork>().StepAsync(Ct));
            Assert.False(await coordinator.Get<PlanningWork>().StepAsync(Ct)); // It waits.
            coordinator.Clock.Advance(TimeSpan.FromSeconds(12));
        }

        var row = await coordinator.AuditAsync(audit, Ct);
        Assert.Equal((AuditState.Failed, null), (row.State, row.OwnedUntil));
        Assert.StartsWith("planning failed:", row.Error, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Audit_that_is_cancelled_while_it_is_planned_stays_cancelled(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await InspectedAsync(coordinator);
        var claim = (await TakeAsync(coordinator, audit))!;
        await coordinator.Get<AuditCancellation>().CancelAsync(audit, Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        Assert.False(await claim.RenewAsync(db, coordinator.Clock, Ct));
        // Whoever plans has not let go of it.
        Assert.Contains("little later", (await Assert.ThrowsAsync<ConflictException>(() => coordinator.Get<AuditRetry>().RetryAsync(audit, Ct))).Message, StringComparison.Ordinal);
        await claim.LetGoAsync(db, TimeSpan.Zero, coordinator.Clock, Ct);
        Assert.True(await coordinator.Get<AuditRetry>().RetryAsync(audit, Ct));
        Assert.Equal(AuditState.Submitted, (await coordinator.AuditAsync(audit, Ct)).State);
    }

    /// <summary>An audit of five images, two a shard, that waits to be planned.</summary>
    private static async Task<Guid> InspectedAsync(EmbeddedCoordinator coordinator, string? description = null)
    {
        var (model, images) = (Path.Combine(coordinator.Folder, "model.onnx"), Path.Combine(coordinator.Folder, "images"));
        await File.WriteAllTextAsync(model, "a model", Ct);
        for (var image = 0; image < 5; image++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(images, image < 3 ? "a" : "b")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{image}.png"), [1], Ct);
        }

        var audit = await coordinator.SubmitAsync(new() { Model = new() { Path = model }, Dataset = new() { Path = images }, ShardSize = 2 }, Ct);
        await coordinator.StepAsync(Ct);
        await coordinator.TellAsync(new ModelInspected((await coordinator.AuditAsync(audit, Ct)).InspectionKey!, Sample.Plan(5).Model, []), Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        while (!await db.Inspections.AnyAsync(row => row.AnsweredAt != null, Ct))
        {
            await Task.Delay(20, Ct);
        }

        if (description is not null)
        {
            await db.Inspections.ExecuteUpdateAsync(row => row.SetProperty(value => value.Description, description), Ct);
        }

        return audit;
    }

    private static async Task<AuditClaim?> TakeAsync(EmbeddedCoordinator coordinator, Guid audit)
    {
        await using var db = await coordinator.DatabaseAsync(Ct);
        return await AuditClaim.TakeAsync(db, audit, AuditState.Planning, coordinator.Clock, Ct);
    }

    private static async Task LeaveHalfPlannedAsync(EmbeddedCoordinator coordinator, AuditClaim claim)
    {
        await using var db = await coordinator.DatabaseAsync(Ct);
        using var writer = new ShardWriter(db, coordinator.Blobs, claim, coordinator.Clock);
        await writer.BeginAsync(Ct);
        for (var item = 0; item < 7; item++)
        {
            await writer.AddAsync(new DatasetItem { Index = item, Id = $"{item}.png", Path = $"{item}.png", Label = "a" }, 1, Ct);
        }

        await writer.CompleteAsync(Ct);
    }
}

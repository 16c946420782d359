using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Submit;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Plan;

public sealed class InspectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Model_is_asked_about_once_however_many_audits_want_to_know(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audits = new List<Guid>();
        for (var seed = 0; seed < 3; seed++)
        {
            audits.Add(await coordinator.SubmitAsync(Request(coordinator) with { Seed = seed }, Ct));
            await coordinator.StepAsync(Ct);
        }

        await using var db = await coordinator.DatabaseAsync(Ct);
        var inspection = await db.Inspections.AsNoTracking().SingleAsync(Ct);
        Assert.Equal(1, inspection.Asked);
        Assert.Equal(3, await db.Audits.CountAsync(row => row.State == AuditState.Planning && row.InspectionKey == inspection.Key, Ct));

        await AnswerAsync(coordinator, inspection.Key, "the model has no layer");
        while (await coordinator.Get<PlanningWork>().StepAsync(Ct))
        {
        }

        foreach (var audit in audits)
        {
            var row = await coordinator.AuditAsync(audit, Ct);
            Assert.Equal((AuditState.Failed, "the model has no layer"), (row.State, row.Error));
        }
    }

    [Theory, EachDatabase]
    public async Task Model_known_to_be_unusable_is_refused_at_once_and_inspected_anew_when_retried(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await coordinator.SubmitAsync(Request(coordinator), Ct);
        await coordinator.StepAsync(Ct);
        await AnswerAsync(coordinator, (await coordinator.AuditAsync(audit, Ct)).InspectionKey!, "one", "two");
        await coordinator.Get<PlanningWork>().StepAsync(Ct);

        var again = await PreparedAudit.MakeAsync(Request(coordinator) with { Seed = 5 }, SourceLocations.Anywhere, Ct);
        Assert.Equal(["one", "two"], (await Assert.ThrowsAsync<UserErrorException>(() => coordinator.Submission.SubmitAsync(again, null, null, Ct))).Problems);

        await coordinator.SubmitAsync(Request(coordinator), Ct);
        await coordinator.StepAsync(Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        var inspection = await db.Inspections.AsNoTracking().SingleAsync(Ct);
        Assert.Equal((1, null), (inspection.Asked, inspection.AnsweredAt));
    }

    [Theory, EachDatabase]
    public async Task Worker_that_does_not_answer_is_asked_three_times_while_one_is_there(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await coordinator.SubmitAsync(Request(coordinator), Ct);
        await coordinator.StepAsync(Ct);
        coordinator.Clock.Advance(TimeSpan.FromMinutes(6));
        await coordinator.StepAsync(Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        Assert.Equal(1, await db.Inspections.Select(row => row.Asked).SingleAsync(Ct)); // Nobody is there to be asked.

        for (var asked = 2; asked <= 3; asked++)
        {
            await WorkerAsync(coordinator, asked);
            await coordinator.StepAsync(Ct);
            Assert.Equal(asked, await db.Inspections.Select(row => row.Asked).SingleAsync(Ct));
            coordinator.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        await WorkerAsync(coordinator, 4);
        await coordinator.StepAsync(Ct);
        var row = await coordinator.AuditAsync(audit, Ct);
        Assert.Equal(AuditState.Failed, row.State);
        Assert.Contains("No worker has told", row.Error, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Idempotency_key_names_one_audit(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var prepared = await PreparedAudit.MakeAsync(Request(coordinator), SourceLocations.Anywhere, Ct);
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => coordinator.Submission.SubmitAsync(prepared, "key", null, Ct)));
        Assert.Single(ids.Distinct());
        Assert.NotEqual(ids[0], await coordinator.Submission.SubmitAsync(prepared, null, null, Ct));
        var other = await PreparedAudit.MakeAsync(Request(coordinator) with { Seed = 1 }, SourceLocations.Anywhere, Ct);
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => coordinator.Submission.SubmitAsync(other, "key", null, Ct));
        var heavier = await PreparedAudit.MakeAsync(Request(coordinator) with { Weight = 7 }, SourceLocations.Anywhere, Ct);
        Assert.Equal(prepared.Fingerprint, heavier.Fingerprint);
    }

    private static AuditRequest Request(EmbeddedCoordinator coordinator)
    {
        var model = Path.Combine(coordinator.Folder, "model.onnx");
        if (!File.Exists(model))
        {
            File.WriteAllText(model, "a model");
        }

        return new() { Model = new() { Path = model }, Dataset = new() { Path = coordinator.Folder } };
    }

    private static async Task AnswerAsync(EmbeddedCoordinator coordinator, string key, params string[] problems)
    {
        await coordinator.TellAsync(new ModelInspected(key, null, problems), Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        while (!await db.Inspections.AnyAsync(row => row.Key == key && row.AnsweredAt != null, Ct))
        {
            await Task.Delay(20, Ct);
        }
    }

    private static async Task WorkerAsync(EmbeddedCoordinator coordinator, int number)
    {
        var name = $"worker {number}";
        await coordinator.TellAsync(new WorkerSeen(name, 2, "cpu", "1"), Ct);
        await using var db = await coordinator.DatabaseAsync(Ct);
        while (!await db.Workers.AnyAsync(row => row.Name == name, Ct))
        {
            await Task.Delay(20, Ct);
        }
    }
}

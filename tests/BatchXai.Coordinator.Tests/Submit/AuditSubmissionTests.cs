using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Submit;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Submit;

public sealed class AuditSubmissionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_problem_is_named_at_once()
    {
        var request = new AuditRequest
        {
            Model = new ModelSpec { Path = "no-such-model.onnx", Preprocess = new() { Std = [0], Mean = [1, 2], Scale = double.NaN } },
            Dataset = new() { Path = "no-such-folder", ClassMap = "no-such.csv" },
            Methods = ["gradcam", "gradcam", "lime"],
            ShardSize = 0,
            BatchSize = 5_000,
        };
        var problems = (await Assert.ThrowsAsync<UserErrorException>(() => AuditRequestCheck.CheckedAsync(request, SourceLocations.Anywhere, Ct))).Problems;
        string[] fields = ["methods: 'lime'", "methods: 'gradcam' is given 2 times", "shardSize", "batchSize", "model.path", "dataset.path", "dataset.classMap", "preprocess.scale", "preprocess.mean", "preprocess.std"];
        Assert.All(fields, field => Assert.Single(problems, problem => problem.StartsWith(field, StringComparison.Ordinal)));
        Assert.Equal(fields.Length, problems.Count);
    }

    [Theory, EachDatabase]
    public async Task Same_request_and_model_is_the_same_audit(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var request = Request(coordinator.Folder);
        var first = await coordinator.SubmitAsync(request, Ct);
        Assert.Equal(first, await coordinator.SubmitAsync(request, Ct));
        Assert.NotEqual(first, await coordinator.SubmitAsync(request with { Seed = 1 }, Ct));
        await File.AppendAllTextAsync(request.Model.Path, "another model", Ct);
        Assert.NotEqual(first, await coordinator.SubmitAsync(request, Ct));
    }

    [Theory, EachDatabase]
    public async Task Other_weights_beside_the_model_make_another_audit(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var request = Request(coordinator.Folder);
        var weights = request.Model.Path + ".data";
        await File.WriteAllTextAsync(weights, "weights", Ct);
        request = request with { Model = request.Model with { WeightFiles = [weights] } };
        var first = await coordinator.SubmitAsync(request, Ct);
        Assert.Equal(first, await coordinator.SubmitAsync(request, Ct));
        await File.WriteAllTextAsync(weights, "others", Ct);
        Assert.NotEqual(first, await coordinator.SubmitAsync(request, Ct));
    }

    [Theory, EachDatabase]
    public async Task Failed_audit_asked_for_again_retries_only_what_failed(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var request = Request(coordinator.Folder);
        var id = await coordinator.SubmitAsync(request, Ct);
        await using (var db = await coordinator.DatabaseAsync(Ct))
        {
            db.Shards.AddRange(
                new ShardRow { AuditId = id, Number = 0, State = ShardState.Done },
                new ShardRow { AuditId = id, Number = 1, State = ShardState.Failed, Attempt = 3 });
            await db.SaveChangesAsync(Ct);
            await db.Audits.ExecuteUpdateAsync(audit => audit.SetProperty(row => row.State, AuditState.Failed).SetProperty(row => row.Error, "shard 1").SetProperty(row => row.Items, 2), Ct);
        }

        await coordinator.SubmitAsync(request, Ct);
        await using (var db = await coordinator.DatabaseAsync(Ct))
        {
            var audit = await db.Audits.SingleAsync(Ct);
            Assert.Equal((AuditState.Running, null), (audit.State, audit.Error));
            var shards = await db.Shards.OrderBy(shard => shard.Number).ToListAsync(Ct);
            Assert.Equal([ShardState.Done, ShardState.Pending], shards.Select(shard => shard.State));
            Assert.Equal(0, shards[1].Attempt);
        }
    }

    [Theory, EachDatabase]
    public async Task Audit_that_failed_while_it_was_planned_is_planned_again(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var request = Request(coordinator.Folder);
        var id = await coordinator.SubmitAsync(request, Ct);
        await using (var db = await coordinator.DatabaseAsync(Ct))
        {
            db.Shards.Add(new ShardRow { AuditId = id, Number = 0, State = ShardState.Pending });
            await db.SaveChangesAsync(Ct);
            await db.Audits.ExecuteUpdateAsync(audit => audit.SetProperty(row => row.State, AuditState.Failed), Ct);
        }

        await coordinator.SubmitAsync(request, Ct);
        await using (var db = await coordinator.DatabaseAsync(Ct))
        {
            Assert.Equal(AuditState.Submitted, (await db.Audits.SingleAsync(Ct)).State);
        }
    }

    private static AuditRequest Request(string folder)
    {
        var model = Path.Combine(folder, "model.onnx");
        File.WriteAllText(model, "bytes of a model");
        return new() { Model = new() { Path = model }, Dataset = new() { Path = folder } };
    }
}

using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Storage.Artifacts;
using BatchXai.Worker.Runs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BatchXai.Worker.Tests.Runs;

public sealed class ShardRunsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shard_is_explained_and_told()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        await using var worker = await RunningWorker.StartAsync(audit, new(), Ct);
        var shard = Shard(audit, 0);
        await worker.SendAsync(shard, Ct);

        var started = await worker.HearAsync<ShardStarted>(Ct);
        var explained = await worker.HearAsync<ShardExplained>(Ct);

        Assert.Equal((shard.LeaseId, started.RunId, TinyAudit.ItemsPerShard, 0), (explained.LeaseId, explained.RunId, explained.Items, explained.ItemsFailed));
        Assert.True(await audit.Blobs.ExistsAsync(ArtifactAddresses.Items(audit.Id, 0, started.RunId), Ct));
    }

    [Fact]
    public async Task Message_that_comes_again_joins_its_run_and_is_not_run_twice()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        audit.Blobs.Close();
        await using var worker = await RunningWorker.StartAsync(audit, new(), Ct);
        var (shard, runs) = (Shard(audit, 0), worker.Services.GetRequiredService<ShardRuns>());
        await worker.SendAsync(shard, Ct);
        await worker.HearAsync<ShardStarted>(Ct);

        var joined = runs.RunAsync(shard, redelivered: true);
        audit.Blobs.Open();
        await worker.HearAsync<ShardExplained>(Ct);
        await joined;
        await runs.RunAsync(shard, redelivered: true); // Its receipt was lost: it is over already.

        Assert.Empty(worker.Unheard());
    }

    [Fact]
    public async Task No_more_runs_than_slots()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 3, Ct);
        audit.Blobs.Close();
        await using var worker = await RunningWorker.StartAsync(audit, new() { Slots = 2 }, Ct);
        var runs = worker.Services.GetRequiredService<ShardRuns>();
        Task[] all = [.. Enumerable.Range(0, 3).Select(shard => runs.RunAsync(Shard(audit, shard), redelivered: false))];
        await worker.HearAsync<ShardStarted>(Ct);
        await worker.HearAsync<ShardStarted>(Ct);
        Assert.Empty(worker.Unheard());

        audit.Blobs.Open();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Shard_that_a_process_died_with_runs_alone()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 2, Ct);
        audit.Blobs.Close();
        await using var worker = await RunningWorker.StartAsync(audit, new() { Slots = 2 }, Ct);
        await worker.SendAsync(Shard(audit, 0) with { Alone = true }, Ct);
        Assert.Equal(0, (await worker.HearAsync<ShardStarted>(Ct)).Shard);
        await worker.SendAsync(Shard(audit, 1), Ct);

        audit.Blobs.Open();

        Assert.Equal(0, (await worker.HearAsync<ShardExplained>(Ct)).Shard);
        Assert.Equal(1, (await worker.HearAsync<ShardStarted>(Ct)).Shard);
        Assert.Equal(1, (await worker.HearAsync<ShardExplained>(Ct)).Shard);
    }

    [Fact]
    public async Task Cancelled_audit_stops_its_runs_and_nothing_more_is_told()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        audit.Blobs.Close();
        await using var worker = await RunningWorker.StartAsync(audit, new(), Ct);
        var run = worker.Services.GetRequiredService<ShardRuns>().RunAsync(Shard(audit, 0), redelivered: false);
        await worker.HearAsync<ShardStarted>(Ct);

        await audit.CancelAsync(Ct);
        await run;

        Assert.Empty(worker.Unheard());
    }

    [Fact]
    public async Task Stopping_worker_hands_its_shards_back_and_takes_no_more()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 2, Ct);
        audit.Blobs.Close();
        await using var worker = await RunningWorker.StartAsync(audit, new() { Slots = 1 }, Ct);
        var runs = worker.Services.GetRequiredService<ShardRuns>();
        var running = runs.RunAsync(Shard(audit, 0), redelivered: false);
        var started = await worker.HearAsync<ShardStarted>(Ct);
        var waiting = runs.RunAsync(Shard(audit, 1), redelivered: false);

        await runs.DrainAsync(Ct);
        await Task.WhenAll(running, waiting, runs.RunAsync(Shard(audit, 1), redelivered: false));

        var returned = new[] { await worker.HearAsync<ShardReturned>(Ct), await worker.HearAsync<ShardReturned>(Ct), await worker.HearAsync<ShardReturned>(Ct) };
        Assert.Contains(returned, message => message.RunId == started.RunId);
        Assert.Equal([0, 1, 1], returned.Select(message => message.Shard).Order());
        Assert.Empty(worker.Unheard());
    }

    [Fact]
    public async Task Store_that_is_away_is_worth_another_try()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        await using var worker = await RunningWorker.StartAsync(audit, new(), Ct);
        audit.Blobs.IsAway = true;
        await worker.SendAsync(Shard(audit, 0), Ct);
        await worker.HearAsync<ShardStarted>(Ct);

        Assert.True((await worker.HearAsync<ShardFailed>(Ct)).Transient);
    }

    [Fact]
    public async Task Model_is_inspected_and_told()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        await using var worker = await RunningWorker.StartAsync(audit, new(), Ct);
        await worker.AskAsync(new InspectModel("good", audit.Model, ["saliency"]), Ct);
        Assert.NotNull((await worker.HearAsync<ModelInspected>(Ct)).Description);

        await worker.AskAsync(new InspectModel("bad", audit.Model with { Path = "/nowhere.onnx" }, ["saliency"]), Ct);
        var bad = await worker.HearAsync<ModelInspected>(Ct);
        Assert.Equal("bad", bad.Key);
        Assert.Contains("/nowhere.onnx", Assert.Single(bad.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Worker:TrustScripts")]
    [InlineData(false, "--trust-model yes")]
    public async Task Script_runs_only_where_request_and_worker_trust_it(bool isTrusted, string advice)
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        var script = audit.Model with { Path = Path.Combine(AppContext.BaseDirectory, "Samples", "traced.pt"), Trusted = isTrusted, Preprocess = new() { Width = 24, Height = 24 } };
        await using var worker = await RunningWorker.StartAsync(audit, new() { TrustScripts = false }, Ct);

        await worker.AskAsync(new InspectModel("script", script, ["saliency"]), Ct);

        Assert.Contains(advice, Assert.Single((await worker.HearAsync<ModelInspected>(Ct)).Problems), StringComparison.Ordinal);
    }

    private static ExplainShard Shard(TinyAudit audit, int shard) => new(audit.Id, shard, Guid.NewGuid());
}

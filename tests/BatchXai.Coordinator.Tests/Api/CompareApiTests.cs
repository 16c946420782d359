using System.Net;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class CompareApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_finished_audits_are_compared()
    {
        await using var server = await ApiServer.StartAsync();
        var (first, second) = (await DoneAsync(server, .6), await DoneAsync(server, .8));
        var answer = await server.Client.GetStringAsync($"/api/audits/{first}/compare/{second}", Ct);
        var report = JsonSerializer.Deserialize<ComparisonReport>(answer, ReportJson.Options)!;
        Assert.Equal((first, second, 60L), (report.First.AuditId, report.Second.AuditId, report.Items.Joined));
        Assert.Equal(.4, Assert.Single(report.Focus).Kappa.All.Difference!.Value, 6);
    }

    [Fact]
    public async Task Unknown_unfinished_and_equal_audits_are_refused()
    {
        await using var server = await ApiServer.StartAsync();
        var (done, running, unknown) = (await DoneAsync(server, .6), await server.SeedAsync(AuditState.Running), Guid.NewGuid());
        Assert.Contains($"{unknown}", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.GetAsync($"/api/audits/{done}/compare/{unknown}", Ct))), StringComparison.Ordinal);
        Assert.Contains("it is running", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Conflict, await server.Client.GetAsync($"/api/audits/{running}/compare/{done}", Ct))), StringComparison.Ordinal);
        Assert.Contains("same audit", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.Client.GetAsync($"/api/audits/{done}/compare/{done}", Ct))), StringComparison.Ordinal);
    }

    private static async Task<Guid> DoneAsync(ApiServer server, double energy)
    {
        var audit = await server.SeedAsync(AuditState.Done);
        await server.Blobs.WriteJsonAsync(ArtifactAddresses.Plan(audit), Sample.Plan(60) with { AuditId = audit }, Ct);
        await server.ChangeAsync(async db =>
        {
            db.Items.AddRange(Enumerable.Range(0, 60).Select(i => new ItemRow { AuditId = audit, Item = i, Row = 0, Shard = 0, Result = Sample.Map(i, energy) }));
            await db.SaveChangesAsync(Ct);
        });
        return audit;
    }
}

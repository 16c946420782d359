using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>An audit that is done, with rows, plan and report.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Report">Its report.</param>
internal sealed record FinishedAudit(Guid Id, OverfittingReport Report)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<FinishedAudit> SeedAsync(ApiServer server, double energy = .8) => SeedAsync(server, [.. Enumerable.Range(0, 60).Select(i => Sample.Map(i, energy))], report => report);

    /// <summary>Seeds the audit; <paramref name="change"/> may change the report before it is written.</summary>
    public static async Task<FinishedAudit> SeedAsync(ApiServer server, IReadOnlyList<ItemResult> rows, Func<OverfittingReport, OverfittingReport> change)
    {
        var id = await server.SeedAsync(AuditState.Done);
        await server.Blobs.WriteJsonAsync(ArtifactAddresses.Plan(id), Sample.Plan(rows.Count) with { AuditId = id }, Ct);
        await server.ChangeAsync(async db =>
        {
            db.Items.AddRange(rows.Select(row => new ItemRow { AuditId = id, Item = row.Item, Row = 0, Shard = 0, Result = row }));
            await db.SaveChangesAsync(Ct);
        });
        var report = change(await Sample.BuildAsync(rows) with { AuditId = id });
        var item = report.Listed[0].Result.Item;
        var pictures = ReportPictures.None with { Listed = new Dictionary<long, EvidencePictures> { [item] = new([1, 2], [3, 4]) } };
        await new ReportWriter(server.Blobs, ReportPlace.InAudit.Prefix(id)).WriteAsync(report, pictures, Sample.Stream(rows), Ct);
        return new(id, report);
    }
}

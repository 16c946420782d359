using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Statistics;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>
/// A finished audit of two classes: the heatmaps of the first, items 0 to 79, are one group; those of the second, items 80 to 159, are two, and the one of the even items, which looks away from the
/// object, stands out.
/// </summary>
/// <param name="Id">Its id.</param>
/// <param name="Scatter">What lies beside its report.</param>
internal sealed record ClusteredAudit(Guid Id, ClusterScatter Scatter)
{
    private const int PerClass = 80;
    private const int Side = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The class with two groups.</summary>
    public ClassScatter Grouped => Scatter.Classes[0];

    /// <summary>The group that stands out.</summary>
    public int Standing => Grouped.Groups!.Clusters.ToList().FindIndex(cluster => cluster.StandsOut);

    public static async Task<ClusteredAudit> SeedAsync(ApiServer server, string whole = "cat", string grouped = "dog")
    {
        var rows = Rows(whole, grouped);
        var audit = await FinishedAudit.SeedAsync(server, rows, report => report);
        var scatter = await ScatterAsync(rows);
        await new ReportWriter(server.Blobs, ReportPlace.InAudit.Prefix(audit.Id)).WriteScatterAsync(scatter, Ct);
        return new(audit.Id, scatter);
    }

    /// <summary>The same in an output folder, whose database is there.</summary>
    public static async Task<ClusteredAudit> SeedAsync(AuditDb db, string folder)
    {
        var (id, scatter) = (Guid.CreateVersion7(), await ScatterAsync(Rows("cat", "dog")));
        db.Audits.Add(new() { Id = id, Name = "in a folder", Fingerprint = "1", Request = "{}", State = AuditState.Done, CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(Ct);
        await new ReportWriter(new FolderBlobStore(folder), ReportPlace.AtRoot.Prefix(id)).WriteScatterAsync(scatter, Ct);
        return new(id, scatter);
    }

    private static List<ItemResult> Rows(string whole, string grouped) => [.. Enumerable.Range(0, 2 * PerClass).Select(i => Sample.Map(i, IsAway(i) ? .3 : .8, i < PerClass ? whole : grouped))];

    private static async Task<ClusterScatter> ScatterAsync(List<ItemResult> rows)
    {
        var search = new ClusterSearch((await Sample.BuildAsync(rows)).Classes, MethodNames.GradCam, "predicted", 3);
        rows.ForEach(row => search.Add(row, new(Side, Side, Map(row.Item))));
        return (await search.FindAsync(_ => AsyncEnumerable.Empty<CausalResult>(), Ct))!.Scatter;
    }

    private static bool IsAway(long item) => item >= PerClass && item % 2 == 0;

    /// <summary>Bright at one cell of the diagonal, on noise.</summary>
    private static float[] Map(long item)
    {
        var random = SplitMix64.For(item, "map");
        return [.. Enumerable.Range(0, Side * Side).Select(i => (float)((i == (IsAway(item) ? 0 : 10) ? 1 : 0) + (.1 * random.NextUniform())))];
    }
}

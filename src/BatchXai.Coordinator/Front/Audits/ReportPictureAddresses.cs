using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Components;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>Addresses of the pictures that a report names.</summary>
internal static class ReportPictureAddresses
{
    /// <summary>Item → its pictures, for the items that are listed or stand for a group.</summary>
    public static IReadOnlyDictionary<long, PictureSource> Listed(OverfittingReport report)
    {
        var groups = report.Clusters?.Classes.SelectMany(row => row.Clusters).Select(cluster => (cluster.Medoid.Item, cluster.Picture)) ?? [];
        return report.Listed.Select(item => (item.Result.Item, item.Picture)).Concat(groups).Where(named => named.Picture is not null).DistinctBy(named => named.Item)
            .ToDictionary(named => named.Item, named => new PictureSource(PageAddress.Picture(report.AuditId, named.Item, "image.jpg"), PageAddress.ReportFile(report.AuditId, named.Picture!)));
    }

    /// <summary>Name of the picture of a causal test → its address.</summary>
    public static IReadOnlyDictionary<string, string> Tested(OverfittingReport report) =>
        ReportPictures.NamedIn(report).ToDictionary(name => name, name => PageAddress.ReportFile(report.AuditId, name));
}

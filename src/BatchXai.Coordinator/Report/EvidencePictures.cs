using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Report;

/// <summary>The pictures of one item, at the model's view.</summary>
/// <param name="Image">The image as the model saw it, JPEG.</param>
/// <param name="Overlay">The same with heatmap and object outline, PNG.</param>
public sealed record EvidencePictures(byte[] Image, byte[] Overlay)
{
    /// <summary>The heatmaps that a report shows, one an item: the listed ones, then those that stand for a group.</summary>
    internal static IReadOnlyList<ItemResult> Wanted(OverfittingReport report) =>
        [.. report.Listed.Select(item => item.Result).Concat(Medoids(report)).DistinctBy(row => row.Item)];

    /// <summary>The report with the addresses of its pictures.</summary>
    /// <param name="report">The report.</param>
    /// <param name="names">Item → address.</param>
    internal static OverfittingReport Named(OverfittingReport report, IReadOnlyDictionary<long, string> names)
    {
        var drawn = Wanted(report).ToDictionary(row => row.Item, row => (row.Method, row.Target));
        return report with
        {
            Listed = [.. report.Listed.Select(item => item with { Picture = names.GetValueOrDefault(item.Result.Item) })],
            Clusters = report.Clusters is not { } clusters ? null : clusters with
            {
                Classes = [.. clusters.Classes.Select(row => row with { Clusters = [.. row.Clusters.Select(cluster => cluster with { Picture = PictureOf(cluster.Medoid) })] })],
            },
        };

        // An item may be listed for another heatmap than the one that stands for a group.
        string? PictureOf(ItemResult row) => drawn[row.Item] == (row.Method, row.Target) ? names.GetValueOrDefault(row.Item) : null;
    }

    private static IEnumerable<ItemResult> Medoids(OverfittingReport report) =>
        report.Clusters?.Classes.SelectMany(row => row.Clusters).Select(cluster => cluster.Medoid) ?? [];
}

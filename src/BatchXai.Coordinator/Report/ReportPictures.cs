using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Report;

/// <summary>The pictures of a report.</summary>
/// <param name="Listed">Item → its image and heatmap; an item without any is listed without a picture.</param>
/// <param name="Tested">Name of the file → what the model saw in a causal test, JPEG.</param>
public sealed record ReportPictures(IReadOnlyDictionary<long, EvidencePictures> Listed, IReadOnlyDictionary<string, byte[]> Tested)
{
    /// <summary>No picture at all.</summary>
    public static ReportPictures None { get; } = new(new Dictionary<long, EvidencePictures>(), new Dictionary<string, byte[]>());

    /// <summary>Addresses of all pictures that a report names, each once, relative to the report.</summary>
    public static IEnumerable<string> NamedIn(OverfittingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Listed.Select(item => item.Picture)
            .Concat(report.TurnedAnswers?.Shown.SelectMany(item => item.Tests.Prepend(item.Before)).Select(view => view.Picture) ?? [])
            .Concat(report.Clusters?.Classes.SelectMany(row => row.Clusters).Select(cluster => cluster.Picture) ?? [])
            .OfType<string>().Distinct();
    }
}

using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Components;

namespace BatchXai.Coordinator.Report;

/// <summary>Renders a report as one self-contained page.</summary>
internal static class ReportPage
{
    public static Task WriteAsync(
        OverfittingReport report,
        ReportPictures pictures,
        TextWriter page,
        CancellationToken cancellationToken) => HtmlPage.WriteAsync<ReportDocument>(
        new Dictionary<string, object?>
        {
            [nameof(ReportDocument.Report)] = report,
            [nameof(ReportDocument.Pictures)] = pictures.Listed.ToDictionary(
                pair => pair.Key,
                pair => new PictureSource(DataUri("image/jpeg", pair.Value.Image), DataUri("image/png", pair.Value.Overlay))),
            [nameof(ReportDocument.Tested)] = pictures.Tested.ToDictionary(pair => pair.Key, pair => DataUri("image/jpeg", pair.Value)),
        },
        page,
        cancellationToken);

    private static string DataUri(string type, byte[] bytes) => $"data:{type};base64,{Convert.ToBase64String(bytes)}";
}

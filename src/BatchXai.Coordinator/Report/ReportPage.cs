using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchXai.Coordinator.Report;

/// <summary>Renders a report as one self-contained page.</summary>
internal static class ReportPage
{
    public static async Task WriteAsync(
        OverfittingReport report,
        IReadOnlyDictionary<long, EvidencePictures> evidence,
        TextWriter page,
        CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        await using var disposeServices = services;
        var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await using var disposeRenderer = renderer;
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(ReportDocument.Report)] = report,
            [nameof(ReportDocument.Pictures)] = evidence.ToDictionary(
                pair => pair.Key,
                pair => new PictureSource(DataUri("image/jpeg", pair.Value.Image), DataUri("image/png", pair.Value.Overlay))),
        });
        cancellationToken.ThrowIfCancellationRequested();
        await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ReportDocument>(parameters)).WriteHtmlTo(page));
    }

    private static string DataUri(string type, byte[] bytes) => $"data:{type};base64,{Convert.ToBase64String(bytes)}";
}

using System.Text.RegularExpressions;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Watch;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>The report of an audit and its files.</summary>
internal static partial class ReportEndpoints
{
    private const string PagePolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapReports(this IEndpointRouteBuilder audits)
    {
        Map(audits, "report", "report.json", "application/json", "The report.").Produces<OverfittingReport>(contentType: "application/json");
        Map(audits, "report.html", "report.html", "text/html; charset=utf-8", "The report as one self-contained page.").Produces<string>(contentType: "text/html");
        Map(audits, "model-card.md", "model-card.md", "text/markdown; charset=utf-8", "The report as a part of a model card.").Produces<string>(contentType: "text/markdown");
        Map(audits, "classes.csv", "classes.csv", "text/csv; charset=utf-8", "The figures of each class.").Produces<string>(contentType: "text/csv");
        Map(audits, "items.csv", "items.csv", "text/csv; charset=utf-8", "Every row: item × method × target.").Produces<string>(contentType: "text/csv");
        audits.MapGet("/{id:guid}/evidence/{name}", (Guid id, string name, AuditViews views, AuditReporter reporter, IBlobStore blobs, CancellationToken cancellationToken) =>
                PictureName().IsMatch(name) ? SendAsync(id, $"evidence/{name}", name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg", views, reporter, blobs, cancellationToken) : Task.FromResult(Problems.Of(404, "There is no such picture.")))
            .Produces<Stream>(contentType: "image/png", additionalContentTypes: "image/jpeg").Refuses(404, 409).WithoutTimeout().WithSummary("A picture that the report names.");
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder audits, string path, string file, string type, string summary) =>
        audits.MapGet($"/{{id:guid}}/{path}", (Guid id, HttpResponse response, AuditViews views, AuditReporter reporter, IBlobStore blobs, CancellationToken cancellationToken) =>
        {
            response.Headers.ContentSecurityPolicy = PagePolicy;
            return SendAsync(id, file, type, views, reporter, blobs, cancellationToken);
        }).Refuses(404, 409).WithoutTimeout().WithSummary(summary);

    private static async Task<IResult> SendAsync(Guid id, string file, string type, AuditViews views, AuditReporter reporter, IBlobStore blobs, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Stream(await blobs.OpenReadAsync(reporter.AddressOf(id, file), cancellationToken), type, enableRangeProcessing: true);
        }
        catch (FileNotFoundException)
        {
            return await views.StateAsync(id, cancellationToken) switch
            {
                null => Problems.NoAudit(id),
                Contracts.Audits.AuditState.Done => Problems.Of(404, $"The report of audit {id} has no such file."),
                { } state => Problems.NotYet($"Audit {id} has no report: it is {state.ToString().ToLowerInvariant()}. It has one when it is done."),
            };
        }
    }

    [GeneratedRegex("^(item-[0-9]{1,19}\\.png|[0-9]{9,19}-[a-z_]{1,32}\\.jpg)\\z")]
    private static partial Regex PictureName();
}

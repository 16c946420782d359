using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Watch;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>The report of an audit and its files.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder audits)
    {
        Map(audits, "report", "report.json", "The report.").Produces<OverfittingReport>(contentType: "application/json");
        Map(audits, "report.html", "report.html", "The report as one self-contained page.").Produces<string>(contentType: "text/html");
        Map(audits, "model-card.md", "model-card.md", "The report as a part of a model card.").Produces<string>(contentType: "text/markdown");
        Map(audits, "clusters.json", ReportWriter.ScatterName, "Where the heatmaps of each class lie in a plane, and their groups.").Produces<ClusterScatter>(contentType: "application/json");
        Map(audits, "classes.csv", "classes.csv", "The figures of each class.").Produces<string>(contentType: "text/csv");
        Map(audits, "items.csv", "items.csv", "Every row: item × method × target.").Produces<string>(contentType: "text/csv");
        audits.MapGet("/{id:guid}/evidence/{name}", (Guid id, string name, AuditViews views, AuditReporter reporter, IBlobStore blobs, CancellationToken cancellationToken) =>
                SendAsync(id, $"evidence/{name}", views, reporter, blobs, cancellationToken))
            .Produces<Stream>(contentType: "image/png", additionalContentTypes: "image/jpeg").Refuses(404, 409).WithoutTimeout().WithSummary("A picture that the report names.");
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder audits, string path, string file, string summary) =>
        audits.MapGet($"/{{id:guid}}/{path}", (Guid id, HttpResponse response, AuditViews views, AuditReporter reporter, IBlobStore blobs, CancellationToken cancellationToken) =>
        {
            response.Headers.ContentSecurityPolicy = ReportFiles.Policy;
            return SendAsync(id, file, views, reporter, blobs, cancellationToken);
        }).Refuses(404, 409).WithoutTimeout().WithSummary(summary);

    private static async Task<IResult> SendAsync(Guid id, string file, AuditViews views, AuditReporter reporter, IBlobStore blobs, CancellationToken cancellationToken)
    {
        if (ReportFiles.TypeOf(file) is not { } type)
        {
            return Problems.Of(404, "There is no such picture.");
        }

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
}

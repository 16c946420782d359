using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Cohorts;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>The page of one audit: its progress, what went wrong, or its report.</summary>
internal static class AuditEndpoint
{
    public static void MapAuditPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/audits/{id:guid}", ShowAsync).Takes([CohortChoice.Parameter, .. ItemsRequest.FilterNames]);
        pages.MapGet("/audits/{id:guid}/events", async (Guid id, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken) =>
            await places.FindAsync(id, cancellationToken) is { } place ? await WatchEndpoint.WatchAsync(id, context, place.Views, place.Feeds, cancellationToken) : Refusal.NoAudit(context, id)).WithoutTimeout();
        pages.MapGet("/audits/{id:guid}/report/{**name}", SendAsync).WithoutTimeout();
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, IAuditPlaces places, CohortGlances glances, CancellationToken cancellationToken)
    {
        _ = Query.Read(context.Request, _ => true);
        if (await places.FindAsync(id, cancellationToken) is not { } place || await place.Views.FindAsync(id, null, cancellationToken) is not { } audit)
        {
            return Refusal.NoAudit(context, id);
        }

        return audit.State == AuditState.Done && await ReportAsync(place, id, cancellationToken) is { } report
            ? await ReportPageAsync(report, place, context, glances, cancellationToken)
            : PageMapping.Page<AuditStatePage>(new Dictionary<string, object?>
            {
                [nameof(AuditStatePage.Audit)] = audit,
                [nameof(AuditStatePage.Folder)] = place.Folder,
                [nameof(AuditStatePage.Server)] = $"{context.Request.Scheme}://{context.Request.Host}",
            });
    }

    private static async Task<IResult> ReportPageAsync(OverfittingReport report, AuditPlace place, HttpContext context, CohortGlances glances, CancellationToken cancellationToken)
    {
        var address = ItemsAddress.Read(report.AuditId, context.Request.Query);
        var request = await CohortChoice.ReadAsync(context, address, report.Request, cancellationToken);
        var figures = request is { Problems.Count: 0, IsFiltered: true } ? await glances.FindAsync(place, report, request.Query, cancellationToken) : null;
        return PageMapping.Page<AuditReportPage>(
            new Dictionary<string, object?>
            {
                [nameof(AuditReportPage.Report)] = report,
                [nameof(AuditReportPage.Pictures)] = ReportPictureAddresses.Listed(report),
                [nameof(AuditReportPage.Tested)] = ReportPictureAddresses.Tested(report),
                [nameof(AuditReportPage.View)] = new AuditCohort(address, request, figures, await CohortChoice.ListAsync(context, report.AuditId, cancellationToken)),
            },
            request.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<OverfittingReport?> ReportAsync(AuditPlace place, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await place.Reporter.ReadAsync(id, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<IResult> SendAsync(Guid id, string name, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
    {
        if (ReportFiles.TypeOf(name) is { } type && await places.FindAsync(id, cancellationToken) is { } place)
        {
            try
            {
                var file = await place.Blobs.OpenReadAsync(place.Reporter.AddressOf(id, name), cancellationToken);
                context.Response.Headers.ContentSecurityPolicy = ReportFiles.Policy;
                return TypedResults.Stream(file, type, enableRangeProcessing: true);
            }
            catch (FileNotFoundException)
            {
                // Said below.
            }
        }

        return Refusal.Of(context, StatusCodes.Status404NotFound, $"Audit {id} has no report with such a file. It has a report when it is done.");
    }
}

using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Compare;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Watch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Two audits of the same items.</summary>
internal static class CompareEndpoint
{
    public static void MapCompare(this IEndpointRouteBuilder audits) =>
        audits.MapGet("/{id:guid}/compare/{other:guid}", CompareAsync).Produces<ComparisonReport>().Refuses(400, 404, 409).WithoutTimeout()
            .WithSummary("Compares two finished audits of the same items.");

    private static async Task<IResult> CompareAsync(Guid id, Guid other, AuditViews views, AuditComparer comparer, CancellationToken cancellationToken)
    {
        foreach (var audit in new[] { id, other })
        {
            switch (await views.StateAsync(audit, cancellationToken))
            {
                case null:
                    return Problems.NoAudit(audit);
                case not AuditState.Done and { } state:
                    return Problems.NotYet($"Audit {audit} cannot be compared: it is {state.ToString().ToLowerInvariant()}. It can be when it is done.");
            }
        }

        return TypedResults.Json(await comparer.CompareAsync(id, other, cancellationToken), ReportJson.Options);
    }
}

using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Manage;
using BatchXai.Coordinator.Watch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>What a person may do with an audit. Each may be asked for again without harm.</summary>
internal static class ManageEndpoints
{
    public static void MapManagement(this IEndpointRouteBuilder audits)
    {
        audits.MapPost("/{id:guid}/cancel", (Guid id, AuditCancellation cancellation, AuditViews views, CancellationToken cancellationToken) => ChangeAsync(id, cancellation.CancelAsync, views, cancellationToken))
            .Produces<AuditView>().Refuses(404).WithSummary("Ends an audit; what is done is kept. One that has ended stays as it is.");
        audits.MapPost("/{id:guid}/retry", (Guid id, AuditRetry retry, AuditViews views, CancellationToken cancellationToken) => ChangeAsync(id, retry.RetryAsync, views, cancellationToken))
            .Produces<AuditView>().Refuses(404, 409).WithSummary("Takes an audit up again that failed or was cancelled: only what is not done. Any other stays as it is.");
        audits.MapDelete("/{id:guid}", async (Guid id, AuditDeletion deletion, CancellationToken cancellationToken) => await deletion.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NoAudit(id))
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409).WithoutTimeout().WithSummary("Deletes an audit with its rows, heatmaps and report. One that runs is cancelled first.");
    }

    private static async Task<IResult> ChangeAsync(Guid id, Func<Guid, CancellationToken, Task<bool>> change, AuditViews views, CancellationToken cancellationToken) =>
        await change(id, cancellationToken) && await views.FindAsync(id, null, cancellationToken) is { } audit ? TypedResults.Ok(audit) : Problems.NoAudit(id);
}

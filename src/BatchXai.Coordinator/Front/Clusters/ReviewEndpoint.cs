using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Review;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>Takes what a person says of a group, or of chosen items.</summary>
internal static class ReviewEndpoint
{
    private const int ReadOnlyFile = 8;
    private const int CannotOpen = 14;

    public static void MapReviews(this IEndpointRouteBuilder pages) => pages.MapPost("/audits/{id:guid}/clusters", AddAsync);

    private static async Task<IResult> AddAsync(Guid id, HttpContext context, IAntiforgery antiforgery, IAuditPlaces places, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (SentForm.Missing(context, "POST /api/audits/{id}/reviews") is { } refusal)
        {
            return refusal;
        }

        var typed = TypedReview.Read(await context.Request.ReadFormAsync(cancellationToken));
        if (await places.FindAsync(id, cancellationToken) is not { } place || await place.Views.StateAsync(id, cancellationToken) is null)
        {
            return Refusal.NoAudit(context, id);
        }

        var scatter = await place.Reporter.ReadScatterAsync(id, cancellationToken);
        var problems = !await antiforgery.IsRequestValidAsync(context) ? [SentForm.SendAgain]
            : scatter is null ? ["This audit has no groups of heatmaps to review."]
            : await StoredAsync(id, place, scatter, typed, Visitor.Subject(context), clock.GetUtcNow().UtcDateTime, cancellationToken);
        return problems.Count == 0
            ? Results.Redirect($"{PageAddress.Clusters(id, typed.Choice)}#reviews")
            : await ClustersEndpoint.ShowAsync(id, typed.Chosen, typed, problems, context, places, cancellationToken);
    }

    /// <summary>Stores a review; what it returns stood in the way.</summary>
    private static async Task<IReadOnlyList<string>> StoredAsync(Guid id, AuditPlace place, ClusterScatter scatter, TypedReview typed, string? by, DateTime now, CancellationToken cancellationToken)
    {
        if (typed.Asked is not { } asked)
        {
            return typed.Problems;
        }

        try
        {
            await using var db = await place.OpenForReviewAsync(cancellationToken);
            await ClusterReviews.AddAsync(db, id, scatter, asked, by, now, cancellationToken);
            return [];
        }
        catch (UserErrorException bad)
        {
            return bad.Problems;
        }
        catch (Exception failed) when ((failed as SqliteException ?? (failed as DbUpdateException)?.InnerException as SqliteException) is { SqliteErrorCode: ReadOnlyFile or CannotOpen } locked)
        {
            return [$"The review cannot be stored in '{place.Folder}': {locked.Message} Give the folder write permission, and send it again."];
        }
    }
}

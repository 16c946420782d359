using BatchXai.Contracts.Api;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Review;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using AuditViews = BatchXai.Coordinator.Watch.AuditViews;

namespace BatchXai.Coordinator.Api;

/// <summary>What people say of an audit's groups of heatmaps.</summary>
internal static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder audits)
    {
        audits.MapGet("/{id:guid}/reviews", ListAsync).WithQuery("limit", "after").Produces<ReviewList>().Refuses(400, 404)
            .WithSummary("Lists the reviews of an audit's groups of heatmaps, newest first, and how right the search for groups is by them.");
        audits.MapPost("/{id:guid}/reviews", AddAsync).Accepts<NewReview>("application/json").Produces<ReviewView>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415)
            .WithSummary("Adds a review of a group of heatmaps, or of chosen items. It replaces an earlier one of the same items, which is kept.");
    }

    private static async Task<IResult> ListAsync(Guid id, HttpRequest request, AuditViews views, IDbContextFactory<AuditDb> databases, CancellationToken cancellationToken)
    {
        var (after, limit) = Query.Read(request, query => (query.Number("after", 1, int.MaxValue), query.Limit()));
        if (await views.StateAsync(id, cancellationToken) is null)
        {
            return Problems.NoAudit(id);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (reviews, next) = await ClusterReviews.ListAsync(db, id, null, after, limit, cancellationToken);
        return TypedResults.Ok(new ReviewList(reviews, next, DetectorJudge.Of(await ClusterReviews.CountAsync(db, db.Audits.Where(row => row.Id == id), cancellationToken))));
    }

    private static async Task<IResult> AddAsync(Guid id, HttpContext context, AuditViews views, AuditReporter reporter, IDbContextFactory<AuditDb> databases, TimeProvider clock, CancellationToken cancellationToken)
    {
        ClusterScatter? scatter = null;
        var asked = await JsonBody.ReadAsync<NewReview>(
            context.Request,
            async review =>
            {
                scatter = await reporter.ReadScatterAsync(id, cancellationToken);
                _ = scatter is null ? default : ReviewCheck.Checked(scatter, review);
            },
            cancellationToken);
        if (scatter is null)
        {
            return await views.StateAsync(id, cancellationToken) is { } state ? Problems.NotYet($"Audit {id} has no groups of heatmaps to review: it is {state.ToString().ToLowerInvariant()}, and they come with a report of stored heatmaps.") : Problems.NoAudit(id);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var review = await ClusterReviews.AddAsync(db, id, scatter, asked, Caller.Of(context.User)?.Subject, clock.GetUtcNow().UtcDateTime, cancellationToken);
        return TypedResults.Json(review, statusCode: StatusCodes.Status201Created);
    }
}

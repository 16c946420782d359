using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>The page of the groups of heatmaps of an audit: what is chosen stands in its address.</summary>
internal static class ClustersEndpoint
{
    /// <summary>Most items that can be chosen: all heatmaps of a class.</summary>
    public const int MostItems = 400;

    private const int MostClusters = 8;

    public static void MapClustersPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/audits/{id:guid}/clusters", (Guid id, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken) =>
        {
            var chosen = Query.Read(context.Request, query => new ClusterChoice(query.Raw("class"), query.Number("cluster", 0, MostClusters - 1), query.Items("items", MostItems)));
            return ShowAsync(id, chosen, TypedReview.Empty, [], context, places, cancellationToken);
        }).Takes("class", "cluster", "items");
        pages.MapReviews();
    }

    /// <summary>The page.</summary>
    /// <param name="id">The audit.</param>
    /// <param name="chosen">What is chosen in it.</param>
    /// <param name="typed">What was typed in the form of a review.</param>
    /// <param name="problems">What is wrong with that.</param>
    /// <param name="context">The request.</param>
    /// <param name="places">Where audits lie.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IResult> ShowAsync(Guid id, ClusterChoice chosen, TypedReview typed, IReadOnlyList<string> problems, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
    {
        if (await places.FindAsync(id, cancellationToken) is not { } place)
        {
            return Refusal.NoAudit(context, id);
        }

        await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
        if (await AuditSeen.FindAsync(db, place, id, cancellationToken) is not { } audit)
        {
            return Refusal.NoAudit(context, id);
        }

        var view = await ClustersView.ReadAsync(db, place, audit, chosen, cancellationToken);
        view = view with { Problems = problems.Count > 0 ? problems : view.Problems };
        var reviews = view.Class is null ? null : await ReviewsSeen.ReadAsync(db, id, view.Class.Class, context, places, cancellationToken);
        return PageMapping.Page<ClustersPage>(
            new Dictionary<string, object?> { [nameof(ClustersPage.View)] = view, [nameof(ClustersPage.Reviews)] = reviews, [nameof(ClustersPage.Typed)] = typed },
            view.Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

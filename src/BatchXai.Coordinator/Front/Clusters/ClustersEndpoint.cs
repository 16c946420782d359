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

    public static void MapClustersPage(this IEndpointRouteBuilder pages) => pages.MapGet("/audits/{id:guid}/clusters", ShowAsync).Takes("class", "cluster", "items");

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
    {
        var chosen = Query.Read(context.Request, query => new ClusterChoice(query.Raw("class"), query.Number("cluster", 0, MostClusters - 1), query.Items("items", MostItems)));
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
        return PageMapping.Page<ClustersPage>(
            new Dictionary<string, object?> { [nameof(ClustersPage.View)] = view },
            view.Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

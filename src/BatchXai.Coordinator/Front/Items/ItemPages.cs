using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Front.Cohorts;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>The pages of an audit's items: the list, and each item.</summary>
internal static class ItemPages
{
    public static void MapItems(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/audits/{id:guid}/items", ItemsAsync);
        pages.MapGet("/audits/{id:guid}/items/{item:long}", ItemAsync);
    }

    private static async Task<IResult> ItemsAsync(Guid id, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
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

        var address = ItemsAddress.Read(id, context.Request.Query);
        var request = audit.Plan is { } plan ? await CohortChoice.ReadAsync(context, address, plan.Request, cancellationToken) : null;
        var view = await ItemsView.ReadAsync(db, audit, address, request, cancellationToken) with
        {
            Cohorts = await CohortChoice.ListAsync(context, id, cancellationToken),
            Draft = CohortSight.Of(context) is { CanSave: true } && request is { Problems.Count: 0, Cohort: null, IsFiltered: true } ? new(id, CohortFilter.Of(address, request.Query)) : null,
        };
        return new RazorComponentResult<ItemsPage>(new Dictionary<string, object?> { [nameof(ItemsPage.View)] = view })
        {
            StatusCode = view.Request?.Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> ItemAsync(Guid id, long item, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
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

        var address = ItemsAddress.Read(id, context.Request.Query);
        var view = audit.Plan is not { } plan ? null
            : await ItemView.ReadAsync(db, place, audit, plan, address, await CohortChoice.ReadAsync(context, address, plan.Request, cancellationToken), item, cancellationToken);
        return view is null
            ? Refusal.Of(context, StatusCodes.Status404NotFound, $"Audit {id} has no item {item} in the shards that are done.")
            : PageMapping.Page<ItemPage>(new Dictionary<string, object?> { [nameof(ItemPage.View)] = view, [nameof(ItemPage.Server)] = place.Folder is null ? $"{context.Request.Scheme}://{context.Request.Host}" : null });
    }
}

using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Front.Audits;
using BatchXai.Coordinator.Front.Cohorts;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Compare;

/// <summary>The page of two audits side by side: their choice, and what the comparison says.</summary>
internal static class ComparePageEndpoint
{
    private const int MostChoices = 200;

    public static void MapComparePage(this IEndpointRouteBuilder pages) => pages.MapGet(PageAddress.Compare, ShowAsync).Takes(["first", "second", CohortChoice.Parameter, .. ItemsRequest.FilterNames]).WithoutTimeout();

    private static async Task<IResult> ShowAsync(HttpContext context, AuditEntries entries, IAuditPlaces places, Comparisons comparisons, CancellationToken cancellationToken)
    {
        var (first, second) = Query.Read(context.Request, query => (query.Id("first"), query.Id("second")));
        List<string> problems = [];
        ComparisonReport? report = null;
        ItemsRequest? items = null;
        var address = ItemsAddress.Read(first ?? Guid.Empty, context.Request.Query).FilterOnly;
        if (first is { } one && second is { } other)
        {
            var (left, right) = (await FindAsync("First audit", one, context, places, problems, cancellationToken), await FindAsync("Second audit", other, context, places, problems, cancellationToken));
            if (left is not null && right is not null)
            {
                items = await ItemsAsync(address, left, context, problems, cancellationToken);
                report = problems.Count > 0 ? null : await CompareAsync((left, one), (right, other), items is { IsFiltered: true } ? items.Query : null, comparisons, problems, cancellationToken);
            }
        }

        var done = await entries.NamesAsync(new(AuditState.Done, CreatedBy: Visitor.Only(context)), MostChoices, cancellationToken);
        return PageMapping.Page<ComparePage>(
            new Dictionary<string, object?>
            {
                [nameof(ComparePage.Choices)] = done.Entries,
                [nameof(ComparePage.First)] = first,
                [nameof(ComparePage.Second)] = second,
                [nameof(ComparePage.Problems)] = problems,
                [nameof(ComparePage.Report)] = report,
                [nameof(ComparePage.Address)] = address,
                [nameof(ComparePage.Items)] = items,
                [nameof(ComparePage.Cohorts)] = report is null ? [] : await CohortChoice.ListAsync(context, address.Audit, cancellationToken),
            },
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<AuditPlace?> FindAsync(string which, Guid id, HttpContext context, IAuditPlaces places, List<string> problems, CancellationToken cancellationToken)
    {
        var place = await Visitor.SeesAsync(context, id, cancellationToken) ? await places.FindAsync(id, cancellationToken) : null;
        var state = place is null ? null : await place.Views.StateAsync(id, cancellationToken);
        if (state != AuditState.Done)
        {
            problems.Add(state is { } other ? $"{which}: {id} is {FrontWording.State(other)}. It can be compared when it is done." : $"{which}: there is no audit {id}. Choose one of the list.");
        }

        return state == AuditState.Done ? place : null;
    }

    /// <summary>Which items of the first audit are compared; null: its plan is gone, which is told.</summary>
    private static async Task<ItemsRequest?> ItemsAsync(ItemsAddress address, AuditPlace place, HttpContext context, List<string> problems, CancellationToken cancellationToken)
    {
        await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
        if (await AuditSeen.FindAsync(db, place, address.Audit, cancellationToken) is not { Plan: { } plan })
        {
            problems.Add("The files of one of the audits are gone. Choose another.");
            return null;
        }

        var items = await CohortChoice.ReadAsync(context, address, plan.Request, cancellationToken);
        problems.AddRange(items.Problems);
        return items;
    }

    private static async Task<ComparisonReport?> CompareAsync((AuditPlace, Guid) first, (AuditPlace, Guid) second, ItemQuery? items, Comparisons comparisons, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await comparisons.FindAsync(first, second, items, cancellationToken);
        }
        catch (UserErrorException nothing)
        {
            problems.AddRange(nothing.Problems);
        }
        catch (FileNotFoundException)
        {
            problems.Add("The files of one of the audits are gone. Choose another.");
        }

        return null;
    }
}

using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>The page of all audits.</summary>
internal static class AuditsEndpoint
{
    private const int PageSize = 50;

    public static void MapAuditsPage(this IEndpointRouteBuilder pages) => pages.MapGet(PageAddress.Audits, ShowAsync).Takes("state", "model", "before");

    private static async Task<IResult> ShowAsync(HttpContext context, AuditEntries entries, IAuditPlaces places, TimeProvider clock, CancellationToken cancellationToken)
    {
        var filter = Query.Read(context.Request, query => new AuditFilter(query.Word<AuditState>("state"), query.Text("model"), query.Id("before"), CreatedBy: Visitor.Only(context)));
        return PageMapping.Page<AuditsPage>(new Dictionary<string, object?>
        {
            [nameof(AuditsPage.List)] = await entries.ListAsync(filter, PageSize, cancellationToken),
            [nameof(AuditsPage.Filter)] = filter,
            [nameof(AuditsPage.FirstStep)] = places.FirstStep,
            [nameof(AuditsPage.Now)] = clock.GetUtcNow().UtcDateTime,
        });
    }
}

using System.Globalization;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Front.Log;

/// <summary>Who changed what and who was refused, for administrators. An open server knows nobody's name, and has no such page.</summary>
internal static class AccessLogPageEndpoint
{
    private const int PageSize = 100;

    public static void MapAccessLogPage(this IEndpointRouteBuilder pages)
    {
        if (pages.ServiceProvider.GetService<AccessLog>() is { } log)
        {
            pages.MapGet(PageAddress.AccessLog, (HttpRequest request, CancellationToken cancellationToken) => ShowAsync(request, log, cancellationToken)).Takes("subject", "action", "outcome", "after").WithMetadata(new AdminOnly());
        }
    }

    private static async Task<IResult> ShowAsync(HttpRequest request, AccessLog log, CancellationToken cancellationToken)
    {
        var (filter, after) = Query.Read(request, query =>
        {
            var text = query.Text("after");
            var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            query.Check("after", text is null || isNumber ? null : "Expected the next of the page before.");
            return (new AccessLogFilter(query.Text("subject"), query.Text("action"), query.Word<AccessOutcome>("outcome")), isNumber ? number : (long?)null);
        });
        return PageMapping.Page<AccessLogPage>(new Dictionary<string, object?>
        {
            [nameof(AccessLogPage.List)] = await log.ListAsync(after, PageSize, filter, cancellationToken),
            [nameof(AccessLogPage.Filter)] = filter,
            [nameof(AccessLogPage.After)] = after,
        });
    }
}

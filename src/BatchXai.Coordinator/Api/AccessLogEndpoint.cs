using System.Globalization;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Api;

/// <summary>Who changed what and who was refused, for administrators.</summary>
internal static class AccessLogEndpoint
{
    public static void MapAccessLog(this IEndpointRouteBuilder log) =>
        log.MapGet("", ListAsync).WithQuery("limit", "after").Produces<AccessLogPage>().Refuses(400)
            .WithSummary("Lists what callers changed and were refused, newest first. An open server knows no callers, and has no such list.");

    private static async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (after, limit) = Query.Read(request, query =>
        {
            var text = query.Text("after");
            var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            query.Check("after", text is null || isNumber ? null : $"'{Shown.Text(text)}'. Expected the next of the page before.");
            return (isNumber ? number : (long?)null, query.Limit());
        });
        return TypedResults.Ok(request.HttpContext.RequestServices.GetService<AccessLog>() is { } log ? await log.ListAsync(after, limit, new(), cancellationToken) : new AccessLogPage([], null));
    }
}

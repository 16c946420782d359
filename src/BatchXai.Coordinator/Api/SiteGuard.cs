using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Api;

/// <summary>Stops other sites that would change something here through a visitor's browser.</summary>
internal sealed class SiteGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => ScopeRule.IsReading(context.Request) || IsOwn(context.Request)
        ? next(context)
        : Refusal.Of(context, StatusCodes.Status403Forbidden, "Pages of other sites may not change anything here.").ExecuteAsync(context);

    /// <summary>Programs send no Origin; browsers always do when they change something. A proxy in between may ask for another host than they did.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin]
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && (from.Authority == request.Host.Value || from.Authority == request.HttpContext.RequestServices.GetService<AccessOptions>()?.PublicAddress?.Authority));
}

using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Api;

/// <summary>Headers that keep browsers from doing more with an answer than to show it, and a stop for other sites that would change something here through a visitor's browser.</summary>
internal sealed class BrowserGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return IsReading(context.Request) || IsOwn(context.Request)
            ? next(context)
            : Problems.Of(StatusCodes.Status403Forbidden, "Pages of other sites may not change anything here.").ExecuteAsync(context);
    }

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    /// <summary>Programs send no Origin; browsers always do when they change something.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
}

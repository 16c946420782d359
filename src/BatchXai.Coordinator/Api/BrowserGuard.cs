using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Api;

/// <summary>Headers that keep browsers from doing more with an answer than to show it, and a stop for other sites that would change something here through a visitor's browser.</summary>
internal sealed class BrowserGuard(RequestDelegate next)
{
    /// <summary>Sets the headers; again where a failure has cleared them.</summary>
    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // Without any referrer browsers hide the origin of our own forms too, and IsOwn would refuse them.
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    public Task InvokeAsync(HttpContext context)
    {
        Protect(context.Response);
        return IsReading(context.Request) || IsOwn(context.Request)
            ? next(context)
            : Refusal.Of(context, StatusCodes.Status403Forbidden, "Pages of other sites may not change anything here.").ExecuteAsync(context);
    }

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    /// <summary>Programs send no Origin; browsers always do when they change something.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
}

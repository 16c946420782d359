using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Api;

/// <summary>Headers that keep browsers from doing more with an answer than to show it.</summary>
internal sealed class BrowserGuard(RequestDelegate next)
{
    /// <summary>Sets the headers; again where a failure has cleared them.</summary>
    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // Without any referrer browsers hide the origin of our own forms too, and SiteGuard would refuse them.
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    public Task InvokeAsync(HttpContext context)
    {
        Protect(context.Response);
        return next(context);
    }
}

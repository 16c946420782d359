using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front;

/// <summary>What browsers may do with a page: show our own styles, scripts and pictures, send forms to us, and nothing else.</summary>
internal static class PageHeaders
{
    /// <summary>Mean heatmaps are drawn into the page as data.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Apply(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "private, no-cache";
    }
}

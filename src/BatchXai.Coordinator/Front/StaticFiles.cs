using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace BatchXai.Coordinator.Front;

/// <summary>Styles, scripts and the icon of the pages. They lie in the assembly, and browsers ask each time whether theirs is still the same.</summary>
internal static class StaticFiles
{
    private static readonly Dictionary<string, string> Types = new() { [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml" };

    /// <summary>Serves an embedded file at the root.</summary>
    public static void MapStaticFile(this IEndpointRouteBuilder app, string name)
    {
        var (content, type) = (Read(name), Types[Path.GetExtension(name)]);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"");
        app.MapGet($"/{name}", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(content, type, entityTag: tag);
        }).ExcludeFromDescription().AllowAnonymous(); // Who signs in needs them before.
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(StaticFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

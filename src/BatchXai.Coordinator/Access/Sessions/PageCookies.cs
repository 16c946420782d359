using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>
/// Cookies of pages go over TLS alone, except between a browser and a server on one machine. That of a session is called <c>__Host-…</c> (RFC 6265bis) then, so
/// that no neighbour under the same domain can set it.
/// </summary>
internal sealed class PageCookies : CookieBuilder, ICookieManager
{
    private readonly ChunkingCookieManager chunks = new();

    /// <summary>A cookie that no script reads.</summary>
    /// <param name="name">Its name, or how that begins.</param>
    /// <param name="sameSite">Whether it comes along when another site leads here.</param>
    public PageCookies(string name, SameSiteMode sameSite) => (Name, SameSite, HttpOnly, IsEssential, Path) = (name, sameSite, true, true, "/");

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = IsSecure(context);
        return options;
    }

    string? ICookieManager.GetRequestCookie(HttpContext context, string key) => chunks.GetRequestCookie(context, Named(context, key));

    void ICookieManager.AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => chunks.AppendResponseCookie(context, Named(context, key), value, options);

    void ICookieManager.DeleteCookie(HttpContext context, string key, CookieOptions options) => chunks.DeleteCookie(context, Named(context, key), options);

    private static string Named(HttpContext context, string key) => IsSecure(context) ? $"__Host-{key}" : key;

    private static bool IsSecure(HttpContext context) => context.RequestServices.GetService<AccessOptions>()?.PublicAddress is { } address
        ? address.Scheme == "https"
        : context.Request.IsHttps || !ListeningAddresses.IsLoopbackHost(context.Request.Host.Host);
}

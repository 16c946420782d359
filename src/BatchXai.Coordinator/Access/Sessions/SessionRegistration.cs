using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>Sessions of the pages' visitors.</summary>
internal static class SessionRegistration
{
    /// <summary>Adds the scheme, and that of the issuer where people sign in at one.</summary>
    public static AuthenticationBuilder AddSessions(this AuthenticationBuilder authentication, AccessOptions access)
    {
        authentication.Services.AddScoped<SessionEvents>();
        authentication.AddCookie(Session.SchemeName, session =>
        {
            // Lax: a link on another site leads here, and nothing else of it comes along.
            var cookie = new PageCookies("batchxai-session", SameSiteMode.Lax);
            (session.Cookie, session.CookieManager) = (cookie, cookie);
            (session.ExpireTimeSpan, session.SlidingExpiration) = (Session.Idle, true);
            session.EventsType = typeof(SessionEvents);
        });
        return access.Issuer is { Client: { } client } issuer ? authentication.AddIssuerSignIn(issuer, client, access.PublicAddress) : authentication;
    }
}

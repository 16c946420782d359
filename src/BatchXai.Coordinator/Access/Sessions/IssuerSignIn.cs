using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>People sign in at the issuer: OpenID Connect's authorization code flow, with PKCE (RFC 7636). What the issuer tells is turned into a session, and not kept.</summary>
internal static class IssuerSignIn
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "issuer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Adds the scheme.</summary>
    /// <param name="authentication">Takes it.</param>
    /// <param name="issuer">At whom people sign in.</param>
    /// <param name="client">What this server is to it.</param>
    /// <param name="address">Where browsers find this server; null: where their requests say.</param>
    public static AuthenticationBuilder AddIssuerSignIn(this AuthenticationBuilder authentication, IssuerOptions issuer, ClientOptions client, Uri? address) => authentication.AddOpenIdConnect(SchemeName, oidc =>
    {
        (oidc.Authority, oidc.RequireHttpsMetadata, oidc.BackchannelTimeout) = (issuer.Authority.AbsoluteUri, issuer.Authority.Scheme == "https", Patience);
        (oidc.ClientId, oidc.ClientSecret) = (client.Id, client.Secret);
        // A code in the address, and the browser leads here by itself: cookies that no other site may use are enough.
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        oidc.Scope.Clear();
        foreach (var scope in client.Scopes)
        {
            oidc.Scope.Add(scope);
        }

        (oidc.SignInScheme, oidc.CallbackPath, oidc.SignedOutCallbackPath, oidc.RemoteSignOutPath) = (Session.SchemeName, PageAddress.SignInAnswer, PathString.Empty, PathString.Empty);
        (oidc.NonceCookie, oidc.CorrelationCookie) = (Cookie("batchxai-nonce-"), Cookie("batchxai-correlation-"));
        (oidc.MapInboundClaims, oidc.SaveTokens, oidc.DisableTelemetry) = (false, false, true);
        // Some issuers tell roles in the token, and some only when they are asked.
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.ClaimActions.MapJsonKey(issuer.Roles.Claim, issuer.Roles.Claim);
        foreach (var name in RoleOptions.NameClaims)
        {
            oidc.ClaimActions.MapUniqueJsonKey(name, name);
        }

        oidc.TokenValidationParameters.ValidAlgorithms = TokenRegistration.Signatures;
        oidc.TokenValidationParameters.ClockSkew = TokenRegistration.ClockSkew;
        oidc.Events = new()
        {
            OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = address is null ? context.ProtocolMessage.RedirectUri : new Uri(address, PageAddress.SignInAnswer).AbsoluteUri;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                // The library asks for no signature where the issuer itself hands the token over. We do.
                if (context.SecurityToken.RawSignature.Length == 0)
                {
                    context.Fail("The ID token has no signature.");
                }

                return Task.CompletedTask;
            },
            OnTicketReceived = context => EnterAsync(context, issuer),
            OnRemoteFailure = async context =>
            {
                context.HandleResponse();
                await Refusal.Page(context.Response, StatusCodes.Status401Unauthorized, $"{issuer.Authority.Host} has let nobody in, or what came back is not the answer to a question of this browser's last minutes. Sign in again.").ExecuteAsync(context.HttpContext);
            },
        };
    });

    /// <summary>
    /// Where people end their session at the issuer too (OpenID Connect RP-Initiated Logout 1.0), which asks them there, and shows a page of its own; null: it says no such address.
    /// </summary>
    /// <exception cref="InvalidOperationException">The issuer does not answer.</exception>
    public static async Task<string?> SignOutAddressAsync(OpenIdConnectOptions issuer, CancellationToken cancellationToken)
    {
        var known = await issuer.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        return string.IsNullOrEmpty(known.EndSessionEndpoint) ? null : new OpenIdConnectMessage { IssuerAddress = known.EndSessionEndpoint, ClientId = issuer.ClientId, EnableTelemetryParameters = false }.CreateLogoutRequestUrl();
    }

    private static async Task EnterAsync(TicketReceivedContext context, IssuerOptions issuer)
    {
        if (issuer.Roles.CallerOf(context.Principal!) is not { } caller)
        {
            context.HandleResponse();
            await Refusal.Page(context.Response, StatusCodes.Status403Forbidden, issuer.Roles.Missing("Whoever signed in", issuer.Authority)).ExecuteAsync(context.HttpContext);
            return;
        }

        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        (context.Principal, context.Properties) = (caller.ToPrincipal(Session.SchemeName), Session.Begin(clock.GetUtcNow(), null));
        context.ReturnUri = ReturnAddress.Of(context.ReturnUri);
        context.HttpContext.User = context.Principal;
        AccessNotes.Note(context.HttpContext);
    }

    /// <summary>Lax: the issuer's page leads here with them.</summary>
    private static PageCookies Cookie(string name) => new(name, SameSiteMode.Lax);
}

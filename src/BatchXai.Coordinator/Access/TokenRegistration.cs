using System.Security.Claims;
using BatchXai.Contracts.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace BatchXai.Coordinator.Access;

/// <summary>Lets in who sends a token that its issuer has signed: <c>Authorization: Bearer</c>.</summary>
internal static class TokenRegistration
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "token";

    /// <summary>Signatures by the issuer's private key. One by a secret that both know could be made here too, and none is none.</summary>
    private static readonly string[] Signatures =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Clocks of two machines differ by less.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Adds the scheme.</summary>
    public static AuthenticationBuilder AddTokens(this AuthenticationBuilder authentication, TokenOptions tokens) => authentication.AddJwtBearer(SchemeName, bearer =>
    {
        bearer.Authority = tokens.Authority.AbsoluteUri;
        bearer.RequireHttpsMetadata = tokens.Authority.Scheme == "https";
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.TokenValidationParameters = new()
        {
            ValidAudience = tokens.Audience, ValidAlgorithms = Signatures, ClockSkew = ClockSkew, RequireSignedTokens = true, RequireExpirationTime = true, ValidateIssuerSigningKey = true,
        };
        bearer.Events = new()
        {
            OnTokenValidated = context =>
            {
                if (CallerOf(context.Principal!, tokens) is { } caller)
                {
                    context.Principal = caller.ToPrincipal(SchemeName);
                }
                else
                {
                    context.Fail($"This token names nobody, or none of the roles that may enter ({string.Join(", ", tokens.Roles.Keys)}) in its claim '{tokens.RoleClaim}'. Ask whoever gives roles at {tokens.Authority.Host}.");
                }

                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context =>
            {
                context.Fail(Told(context.Exception, tokens));
                return Task.CompletedTask;
            },
        };
    });

    private static Caller? CallerOf(ClaimsPrincipal token, TokenOptions tokens)
    {
        var scopes = token.FindAll(tokens.RoleClaim).Where(role => tokens.Roles.ContainsKey(role.Value)).Select(role => tokens.Roles[role.Value]).ToList();
        return token.FindFirstValue("sub") is { Length: > 0 and <= 255 } subject && scopes.Count > 0 ? Caller.User(subject, scopes.Max()) : null;
    }

    /// <summary>What the library says is for whoever set this up, and may quote the token.</summary>
    private static string Told(Exception failure, TokenOptions tokens) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired. Get another.",
        SecurityTokenInvalidAudienceException => $"The token is not for this server: its audience must be {tokens.Audience}.",
        SecurityTokenException => $"The token is not valid: it must be one that {tokens.Authority.Host} has signed.",
        _ => $"The token cannot be checked: {tokens.Authority.Host} does not answer, or this is no token. Try again in a moment.",
    };
}

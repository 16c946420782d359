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
    public static readonly IReadOnlyList<string> Signatures =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Clocks of two machines differ by less.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Adds the scheme.</summary>
    /// <param name="authentication">Takes it.</param>
    /// <param name="issuer">Whose tokens are let in.</param>
    /// <param name="audience">For whom they must be.</param>
    public static AuthenticationBuilder AddTokens(this AuthenticationBuilder authentication, IssuerOptions issuer, string audience) => authentication.AddJwtBearer(SchemeName, bearer =>
    {
        bearer.Authority = issuer.Authority.AbsoluteUri;
        bearer.RequireHttpsMetadata = issuer.Authority.Scheme == "https";
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.TokenValidationParameters = new()
        {
            ValidAudience = audience, ValidAlgorithms = Signatures, ClockSkew = ClockSkew, RequireSignedTokens = true, RequireExpirationTime = true, ValidateIssuerSigningKey = true,
        };
        bearer.Events = new()
        {
            OnTokenValidated = context =>
            {
                if (issuer.Roles.CallerOf(context.Principal!) is { } caller)
                {
                    context.Principal = caller.ToPrincipal(SchemeName);
                }
                else
                {
                    context.Fail(issuer.Roles.Missing("This token", issuer.Authority));
                }

                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context =>
            {
                context.Fail(Told(context.Exception, issuer));
                return Task.CompletedTask;
            },
        };
    });

    /// <summary>What the library says is for whoever set this up, and may quote the token.</summary>
    private static string Told(Exception failure, IssuerOptions issuer) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired. Get another.",
        SecurityTokenInvalidAudienceException => $"The token is not for this server: its audience must be {issuer.Audience}.",
        SecurityTokenException => $"The token is not valid: it must be one that {issuer.Authority.Host} has signed.",
        _ => $"The token cannot be checked: {issuer.Authority.Host} does not answer, or this is no token. Try again in a moment.",
    };
}

using BatchXai.Contracts;
using BatchXai.Coordinator.Access.Sessions;
using BatchXai.Coordinator.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Access;

/// <summary>Who may enter, and what they may do.</summary>
internal static class AccessRegistration
{
    private const string CredentialScheme = "credential";

    /// <summary>Adds what asks for keys, or, on an open server, for nothing.</summary>
    /// <exception cref="UserErrorException">A setting is wrong, or would let everybody in.</exception>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var access = AccessOptions.Read(configuration);
        _ = access.IsOpen ? services.AddAuthentication(OpenHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, OpenHandler>(OpenHandler.SchemeName, null) : services.AddCredentials(access);
        var rule = new AuthorizationPolicyBuilder().AddRequirements(new ScopeRule()).Build();
        // The library would tell every refusal; what the settings say comes later in the list, and wins.
        services.PostConfigure<LoggerFilterOptions>(options => options.Rules.Insert(0, new(null, typeof(AccessRegistration).Namespace, LogLevel.Warning, null)));
        if (!access.IsOpen)
        {
            // An open server knows nobody's name.
            services.AddSingleton<AccessLog>().AddHostedService(provider => provider.GetRequiredService<AccessLog>());
        }

        return services
            .AddRequestRates(access)
            .AddAuthorization(authorization => (authorization.DefaultPolicy, authorization.FallbackPolicy) = (rule, rule))
            .AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalReasons>()
            .AddSingleton(access)
            .AddSingleton<ApiKeys>()
            .AddSingleton<KeyCheck>()
            .AddSingleton<StillOpen>()
            .AddSingleton<AuditSight>()
            .AddHostedService<AccessCheck>();
    }

    /// <summary>Keys, and tokens where there is an issuer: which of the two was sent shows how it begins. Who sends neither has a session, perhaps.</summary>
    private static AuthenticationBuilder AddCredentials(this IServiceCollection services, AccessOptions access)
    {
        var authentication = services.AddAuthentication(CredentialScheme).AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.SchemeName, null).AddSessions(access);
        if (access.Issuer is { Audience: { } audience } issuer)
        {
            authentication.AddTokens(issuer, audience);
        }

        return authentication.AddPolicyScheme(CredentialScheme, null, options => options.ForwardDefaultSelector = context =>
            KeyHandler.SentWith(context.Request) is not { } sent ? Session.Counts(context.Request) ? Session.SchemeName : KeyHandler.SchemeName
            : access.Issuer?.Audience is not null && !sent.StartsWith(KeyText.Prefix, StringComparison.Ordinal) ? TokenRegistration.SchemeName
            : KeyHandler.SchemeName);
    }

    /// <summary>Refuses who may not; comes after the routing.</summary>
    public static void UseAccess(this WebApplication app)
    {
        if (app.Services.GetService<AccessLog>() is not null)
        {
            // First, so that it sees whom the issuer's answer lets in, and whom it does not.
            app.UseMiddleware<AccessNotes>();
        }

        app.UseAuthentication();
        app.UseRateLimiter();
        // Here, so that its refusals are noted with whose browser it was.
        app.UseMiddleware<SiteGuard>();
        app.UseAuthorization();
        app.UseMiddleware<AuditGuard>();
    }
}

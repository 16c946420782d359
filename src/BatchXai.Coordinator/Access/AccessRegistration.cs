using BatchXai.Contracts;
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
    /// <summary>Adds what asks for keys, or, on an open server, for nothing.</summary>
    /// <exception cref="UserErrorException">A setting is wrong, or would let everybody in.</exception>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var access = AccessOptions.Read(configuration);
        _ = access.IsOpen
            ? services.AddAuthentication(OpenHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, OpenHandler>(OpenHandler.SchemeName, null)
            : services.AddAuthentication(KeyHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.SchemeName, null);
        var rule = new AuthorizationPolicyBuilder().AddRequirements(new ScopeRule()).Build();
        // The library would tell every refusal; what the settings say comes later in the list, and wins.
        services.PostConfigure<LoggerFilterOptions>(options => options.Rules.Insert(0, new(null, typeof(AccessRegistration).Namespace, LogLevel.Warning, null)));
        return services
            .AddAuthorization(authorization => (authorization.DefaultPolicy, authorization.FallbackPolicy) = (rule, rule))
            .AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalReasons>()
            .AddSingleton(access)
            .AddSingleton<ApiKeys>()
            .AddSingleton<AuditSight>()
            .AddHostedService<AccessCheck>();
    }

    /// <summary>Refuses who may not; comes after the routing.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<AuditGuard>();
    }
}

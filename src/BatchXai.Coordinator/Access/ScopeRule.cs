using BatchXai.Contracts.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Access;

/// <summary>An endpoint for administrators alone.</summary>
internal sealed class AdminOnly;

/// <summary>
/// The one rule of what a caller may do: look as a viewer, change as a submitter, and what is marked <see cref="AdminOnly"/> as an administrator.
/// It holds for every address, those of endpoints to come too, unless an endpoint says that it is for anybody.
/// </summary>
internal sealed class ScopeRule : AuthorizationHandler<ScopeRule>, IAuthorizationRequirement
{
    /// <summary>What a request needs.</summary>
    public static KeyScope Needed(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AdminOnly>() is not null ? KeyScope.Admin : IsReading(context.Request) ? KeyScope.Viewer : KeyScope.Submitter;

    /// <summary>Whether a request changes nothing.</summary>
    public static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRule requirement)
    {
        if (context.Resource is HttpContext request && Caller.Of(context.User) is { } caller && caller.Scope >= Needed(request))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

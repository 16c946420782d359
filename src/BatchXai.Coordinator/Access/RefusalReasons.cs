using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Access;

/// <summary>Keeps why a request was refused until its answer is written.</summary>
internal sealed class RefusalReasons(AccessOptions access) : IAuthorizationMiddlewareResultHandler
{
    private static readonly object Reason = new();
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    /// <summary>Why a request was refused, for whoever sent it.</summary>
    public static string Of(HttpContext context) => context.Response.StatusCode == StatusCodes.Status401Unauthorized
        ? Refusal.IsVisit(context) ? "Nobody is signed in here, or not any more. Sign in, and do it again." : context.Items[Reason] as string ?? "This server asks who is there. Send your key as 'Authorization: Bearer bxk_…' or as 'X-Api-Key: bxk_…'."
        : $"This needs the scope {ScopeRule.Needed(context).ToString().ToLowerInvariant()}, and this caller has {Caller.Of(context.User)?.Scope.ToString().ToLowerInvariant()}.";

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Challenged)
        {
            // It has looked already, and says again what it found. What is wrong with a cookie concerns nobody.
            context.Items[Reason] = KeyHandler.SentWith(context.Request) is not null || access.IsOpen ? (await context.AuthenticateAsync()).Failure?.Message : null;
        }

        await usual.HandleAsync(next, context, policy, authorizeResult);
    }
}

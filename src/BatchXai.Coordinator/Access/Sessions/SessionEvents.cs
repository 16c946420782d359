using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>Looks at each request's session, and asks visitors without one to sign in.</summary>
internal sealed class SessionEvents(StillOpen open) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (await open.CallerAsync(context.Principal!, context.Properties, context.HttpContext.RequestAborted) is { } caller)
        {
            // Its scope is the key's of today.
            context.ReplacePrincipal(caller.ToPrincipal(Session.SchemeName));
        }
        else
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Session.SchemeName);
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && Refusal.IsVisit(context.HttpContext))
        {
            context.Response.Redirect(PageAddress.SignIn(request.PathBase + request.Path + request.QueryString));
        }
        else
        {
            KeyHandler.Ask(context.Response);
        }

        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public override Task RedirectToReturnUrl(RedirectContext<CookieAuthenticationOptions> context) => Task.CompletedTask;

    public override Task RedirectToLogout(RedirectContext<CookieAuthenticationOptions> context) => Task.CompletedTask;
}

using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Access.Sessions;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BatchXai.Coordinator.Front.SignIn;

/// <summary>Where visitors of a closed server say who they are: with a key, or at the issuer. An open server, and pages of a machine, ask nobody.</summary>
internal static class SignInEndpoint
{
    private const string Key = "key";

    public static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        if (pages.ServiceProvider.GetService<AccessOptions>() is not { IsOpen: false } access)
        {
            return;
        }

        pages.MapGet(PageAddress.SignInForm, (HttpRequest request) =>
        {
            var (destination, hasLeft) = Query.Read(request, query => (ReturnAddress.Of(query.Text(PageAddress.Return)), query.Flag(PageAddress.Left)));
            return Visitor.Subject(request.HttpContext) is null ? Form(access, destination, [], hasLeft: hasLeft) : Results.LocalRedirect(destination);
        }).Takes(PageAddress.Return, PageAddress.Left).AllowAnonymous();
        pages.MapPost(PageAddress.SignInForm, EnterAsync).AllowAnonymous();
        pages.MapPost(PageAddress.SignOut, LeaveAsync).AllowAnonymous();
        if (access.Issuer is { Client: not null } issuer)
        {
            pages.MapGet(PageAddress.SignInElsewhere, (HttpRequest request) => LeadAsync(request, issuer)).Takes(PageAddress.Return).AllowAnonymous();
            pages.MapGet(PageAddress.SignOutElsewhere, (HttpContext context, IOptionsMonitor<OpenIdConnectOptions> schemes, CancellationToken cancellationToken) => LeadOutAsync(context, issuer, schemes.Get(IssuerSignIn.SchemeName), cancellationToken)).AllowAnonymous();
            // The scheme answers before this does. It is here so that its refusals are pages, and are noted under a name.
            pages.MapGet(PageAddress.SignInAnswer, () => Results.LocalRedirect(PageAddress.SignInForm)).AllowAnonymous();
        }
    }

    private static async Task<IResult> EnterAsync(HttpContext context, IAntiforgery antiforgery, KeyCheck keys, AccessOptions access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var sent = await SentForm.ReadAsync(context.Request, cancellationToken);
        var destination = ReturnAddress.Of(sent(PageAddress.Return));
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Form(access, destination, [SentForm.SendAgain], StatusCodes.Status400BadRequest);
        }

        var key = sent(Key)?.Trim() ?? "";
        var (caller, problem) = await keys.TryAsync(key, cancellationToken);
        if (caller is null)
        {
            return Form(access, destination, [problem!], StatusCodes.Status401Unauthorized);
        }

        context.User = caller.ToPrincipal(Session.SchemeName);
        await context.SignInAsync(Session.SchemeName, context.User, Session.Begin(clock.GetUtcNow(), KeyText.Parse(key)!.Mark));
        return Results.LocalRedirect(destination);
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, IAntiforgery antiforgery, AccessOptions access)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Refusal.Of(context, StatusCodes.Status400BadRequest, SentForm.LoadAgain);
        }

        // Who came with a key has nothing elsewhere to leave.
        var isKnownElsewhere = access.Issuer is { Client: not null } && Caller.Of(context.User) is { Credential: null };
        await context.SignOutAsync(Session.SchemeName);
        return Results.LocalRedirect(PageAddress.With(PageAddress.SignInForm, (PageAddress.Left, isKnownElsewhere ? "true" : null)));
    }

    private static Task<IResult> LeadAsync(HttpRequest request, IssuerOptions issuer)
    {
        var (context, destination) = (request.HttpContext, Query.Read(request, query => ReturnAddress.Of(query.Text(PageAddress.Return))));
        return AskIssuerAsync(context, issuer, "Try again in a moment, or sign in with a key.", async () =>
        {
            await context.ChallengeAsync(IssuerSignIn.SchemeName, new() { RedirectUri = destination });
            return Results.Empty;
        });
    }

    private static Task<IResult> LeadOutAsync(HttpContext context, IssuerOptions issuer, OpenIdConnectOptions scheme, CancellationToken cancellationToken) => AskIssuerAsync(context, issuer, "Try again in a moment.", async () =>
        await IssuerSignIn.SignOutAddressAsync(scheme, cancellationToken) is { } address ? Results.Redirect(address)
            : Refusal.Of(context, StatusCodes.Status404NotFound, $"{issuer.Authority.Host} says no address at which people sign out. Close the browser, or sign out on its own pages."));

    private static async Task<IResult> AskIssuerAsync(HttpContext context, IssuerOptions issuer, string advice, Func<Task<IResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException && !context.Response.HasStarted)
        {
            return Refusal.Of(context, StatusCodes.Status503ServiceUnavailable, $"{issuer.Authority.Host}, where people sign in, does not answer. {advice}");
        }
    }

    private static IResult Form(AccessOptions access, string destination, IReadOnlyList<string> problems, int status = StatusCodes.Status200OK, bool hasLeft = false) => PageMapping.Page<SignInPage>(
        new Dictionary<string, object?>
        {
            [nameof(SignInPage.Destination)] = destination,
            [nameof(SignInPage.Issuer)] = access.Issuer is { Client: not null } issuer ? issuer.Authority.Host : null,
            [nameof(SignInPage.Problems)] = problems,
            [nameof(SignInPage.HasLeft)] = hasLeft,
        },
        status);
}

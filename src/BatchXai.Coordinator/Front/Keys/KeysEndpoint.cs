using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Front.Keys;

/// <summary>Keys, for administrators of a closed server: the rules are those of the API.</summary>
internal static class KeysEndpoint
{
    public static void MapKeysPage(this IEndpointRouteBuilder pages)
    {
        if (pages.ServiceProvider.GetService<AccessOptions>() is not { IsOpen: false })
        {
            return;
        }

        var keys = pages.MapGroup(PageAddress.Keys).WithMetadata(new AdminOnly());
        keys.MapGet("", (HttpContext context, CancellationToken cancellationToken) =>
        {
            _ = Query.Read(context.Request, _ => true);
            return ListAsync(context, new NewKeyForm(), [], null, StatusCodes.Status200OK, cancellationToken);
        }).Takes();
        keys.MapPost("", CreateAsync);
        keys.MapGet("/{key}/revoke", AskAsync).Takes();
        keys.MapPost("/{key}/revoke", RevokeAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IAntiforgery antiforgery, ApiKeys stored, CancellationToken cancellationToken)
    {
        var sent = await SentForm.ReadAsync(context.Request, cancellationToken);
        var typed = new NewKeyForm(sent("name") ?? "", sent("scope") ?? "", sent("expiresInDays") ?? "");
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await ListAsync(context, typed, [SentForm.SendAgain], null, StatusCodes.Status400BadRequest, cancellationToken);
        }

        try
        {
            var created = await stored.CreateAsync(typed.Read(), Visitor.Subject(context), cancellationToken);
            AccessNotes.About(context, created.Key.Id);
            return await ListAsync(context, new NewKeyForm(), [], created, StatusCodes.Status201Created, cancellationToken);
        }
        catch (UserErrorException bad)
        {
            return await ListAsync(context, typed, bad.Problems, null, StatusCodes.Status400BadRequest, cancellationToken);
        }
    }

    private static async Task<IResult> AskAsync(string key, HttpContext context, ApiKeys stored, CancellationToken cancellationToken)
    {
        _ = Query.Read(context.Request, _ => true);
        return (await stored.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == key) is { } known
            ? PageMapping.Page<RevokePage>(new Dictionary<string, object?> { [nameof(RevokePage.Key)] = known, [nameof(RevokePage.IsOwn)] = Caller.Of(context.User)?.Credential == key })
            : NoKey(context, key);
    }

    private static async Task<IResult> RevokeAsync(string key, HttpContext context, IAntiforgery antiforgery, ApiKeys stored, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Refusal.Of(context, StatusCodes.Status400BadRequest, SentForm.LoadAgain);
        }

        if (await stored.RevokeAsync(key, cancellationToken) is not { } revoked)
        {
            return NoKey(context, key);
        }

        AccessNotes.About(context, revoked.Id);
        return Results.LocalRedirect(PageAddress.Keys);
    }

    private static IResult NoKey(HttpContext context, string key) => Refusal.Of(context, StatusCodes.Status404NotFound, $"There is no key '{Shown.Text(key)}'.");

    private static async Task<IResult> ListAsync(HttpContext context, NewKeyForm typed, IReadOnlyList<string> problems, CreatedKey? created, int status, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        context.Response.Headers.CacheControl = "no-store";
        return PageMapping.Page<KeysPage>(
            new Dictionary<string, object?>
            {
                [nameof(KeysPage.Keys)] = await services.GetRequiredService<ApiKeys>().ListAsync(cancellationToken),
                [nameof(KeysPage.Typed)] = typed,
                [nameof(KeysPage.Problems)] = problems,
                [nameof(KeysPage.Created)] = created,
                [nameof(KeysPage.Now)] = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            },
            status);
    }
}

using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Keys, for administrators.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder keys)
    {
        keys.MapGet("", async (ApiKeys stored, CancellationToken cancellationToken) => TypedResults.Ok(await stored.ListAsync(cancellationToken)))
            .Produces<IReadOnlyList<KeyView>>().WithSummary("Lists the keys, newest first. Their secrets are not known.");
        keys.MapPost("", CreateAsync).Accepts<NewKey>("application/json").Produces<CreatedKey>(StatusCodes.Status201Created).Refuses(400, 413, 415)
            .WithSummary("Creates a key, and tells it this once.");
        keys.MapPost("/{key}/revoke", RevokeAsync).Produces<KeyView>().Refuses(404)
            .WithSummary("Revokes a key: it is refused from now on. One that is revoked stays as it is.");
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ApiKeys stored, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync<NewKey>(
            context.Request,
            key =>
            {
                ApiKeys.Check(key);
                return Task.CompletedTask;
            },
            cancellationToken);
        var created = await stored.CreateAsync(asked, Caller.Of(context.User)?.Subject, cancellationToken);
        AccessNotes.About(context, created.Key.Id);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(created, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(string key, HttpContext context, ApiKeys stored, CancellationToken cancellationToken)
    {
        if (await stored.RevokeAsync(key, cancellationToken) is not { } revoked)
        {
            return Problems.Of(StatusCodes.Status404NotFound, $"There is no key '{Shown.Text(key)}'.");
        }

        AccessNotes.About(context, revoked.Id);
        return TypedResults.Ok(revoked);
    }
}

using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>Pictures of single items, drawn when a browser asks for them.</summary>
internal static class PictureEndpoints
{
    private const string AsItIs = "as_is";

    private static readonly Dictionary<string, CausalTest> Tests = Enum.GetValues<CausalTest>().ToDictionary(test => DatabaseWords.Of($"{test}"));

    public static void MapItemPictures(this IEndpointRouteBuilder app)
    {
        var item = app.MapGroup("/audits/{id:guid}/items/{item:long}").ExcludeFromDescription();
        Map("image.jpg", PictureKind.Image);
        Map("outline.png", PictureKind.Outline);
        Map("heatmap.png", PictureKind.Heatmap);
        Map("thumbnail.jpg", PictureKind.Thumbnail);
        item.MapGet("/tested/{test}.jpg", SendTestedAsync);

        void Map(string name, PictureKind kind) => item.MapGet(name, (Guid id, long item, string? method, string? target, string? map, HttpContext context, IAuditPlaces places, PictureCache cache) =>
            ItemsRequest.Maps.TryGetValue(map ?? "viridis", out var colours)
                ? SendAsync(new(id, item, kind) { Method = method, Target = target, Map = colours }, context, places, cache)
                : Task.FromResult(Absent(StatusCodes.Status400BadRequest, $"map: expected one of {string.Join(", ", ItemsRequest.Maps.Keys)}.")));
    }

    /// <summary>The word of a test in the address of its picture; null: the item as it is.</summary>
    public static string TestWord(CausalTest? test) => test is null ? AsItIs : DatabaseWords.Of($"{test}");

    private static async Task<IResult> SendAsync(PictureRequest request, HttpContext context, IAuditPlaces places, PictureCache cache)
    {
        var stop = context.RequestAborted;
        if (await FindAsync(request, places, stop) is not var (place, parts))
        {
            return Absent(StatusCodes.Status404NotFound, $"Audit {request.AuditId} has no such picture of item {request.Item}.");
        }

        var tag = request.TagOf(parts.Run);
        if (Known(context, tag) is { } unchanged)
        {
            return unchanged;
        }

        var picture = await cache.GetAsync(tag, token => new ItemPictures(place.Blobs, place.Locations).DrawAsync(request, parts, token), stop);
        return picture is null
            ? Lost(context, $"The picture of item {request.Item} cannot be drawn: its image, mask or heatmap is gone or cannot be read.")
            : TypedResults.Bytes(picture, request.ContentType);
    }

    /// <summary>A picture of a causal test that the item's run has kept.</summary>
    private static async Task<IResult> SendTestedAsync(Guid id, long item, string test, HttpContext context, IAuditPlaces places)
    {
        var stop = context.RequestAborted;
        if ((test != AsItIs && !Tests.ContainsKey(test)) || await FindAsync(new(id, item, PictureKind.Image), places, stop) is not var (place, parts))
        {
            return Absent(StatusCodes.Status404NotFound, $"Audit {id} has no such picture of item {item}.");
        }

        if (Known(context, new PictureRequest(id, item, PictureKind.Image) { Method = $"tested {test}" }.TagOf(parts.Run)) is { } unchanged)
        {
            return unchanged;
        }

        try
        {
            var address = ArtifactAddresses.Run(id, parts.Shard, parts.Run) + ArtifactAddresses.EvidencePicture(item, test == AsItIs ? null : Tests[test]);
            return TypedResults.Stream(await place.Blobs.OpenReadAsync(address, stop), "image/jpeg");
        }
        catch (FileNotFoundException)
        {
            return Lost(context, $"No picture of this test of item {item} was kept.");
        }
    }

    private static async Task<(AuditPlace Place, PictureParts Parts)?> FindAsync(PictureRequest request, IAuditPlaces places, CancellationToken stop)
    {
        if (await places.FindAsync(request.AuditId, stop) is not { } place)
        {
            return null;
        }

        await using var db = await place.Databases.CreateDbContextAsync(stop);
        return await ItemPictures.FindAsync(db, request, stop) is { } parts ? (place, parts) : null;
    }

    /// <summary>Names the bytes to the browser; where it has them already, says so, and nothing is drawn.</summary>
    private static IResult? Known(HttpContext context, string tag)
    {
        var named = new EntityTagHeaderValue($"\"{tag}\"");
        context.Response.GetTypedHeaders().ETag = named;
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(named, useStrongComparison: false) || known == EntityTagHeaderValue.Any) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : null;
    }

    /// <summary>What cannot be drawn now may be again: nothing is remembered of it.</summary>
    private static IResult Lost(HttpContext context, string why)
    {
        context.Response.GetTypedHeaders().ETag = null;
        context.Response.Headers.CacheControl = "no-store";
        return Absent(StatusCodes.Status404NotFound, why);
    }

    private static IResult Absent(int status, string why) => TypedResults.Text(why, "text/plain; charset=utf-8", statusCode: status);
}

using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Coordinator.Front;
using BatchXai.Coordinator.Watch;
using BatchXai.Storage;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Everything that an audit has stored, as it lies there.</summary>
internal static class ArtifactEndpoints
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    public static void MapArtifacts(this IEndpointRouteBuilder audits)
    {
        audits.MapGet("/{id:guid}/artifacts", ListAsync).WithQuery("limit", "after").Produces<ArtifactList>().Refuses(400, 404).WithoutTimeout()
            .WithSummary("Lists the files that an audit has stored, in ordinal order.");
        audits.MapGet("/{id:guid}/artifacts/{**path}", SendAsync).WithQuery("link").Produces<Stream>(contentType: "application/octet-stream").Produces(StatusCodes.Status302Found).Refuses(400, 404).WithoutTimeout()
            .WithSummary("Sends one of those files, or a range of it.");
    }

    private static async Task<IResult> ListAsync(Guid id, HttpRequest request, AuditViews views, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var (after, limit) = Query.Read(request, query => (query.Text("after"), query.Limit()));
        if (await views.StateAsync(id, cancellationToken) is null)
        {
            return Problems.NoAudit(id);
        }

        return TypedResults.Ok(await PageAsync(id, after, limit, blobs, cancellationToken));
    }

    /// <summary>A page of the files that an audit has stored.</summary>
    public static async Task<ArtifactList> PageAsync(Guid id, string? after, int limit, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var folder = ArtifactAddresses.Audit(id);
        var paths = await blobs.ListAsync(folder, cancellationToken).Select(address => address[folder.Length..])
            .SkipWhile(path => after is not null && string.CompareOrdinal(path, after) <= 0).Take(limit + 1).ToListAsync(cancellationToken);
        return paths.Count > limit ? new ArtifactList(paths[..limit], paths[limit - 1]) : new(paths, null);
    }

    // Also for the pages. (A summary here would become that of the API's description.)
    public static async Task<IResult> SendAsync(Guid id, string path, HttpRequest request, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var link = Query.Read(request, query =>
        {
            query.Check("path", WrongPath(path) is { } refusal ? $"'{Shown.Text(path)}' {refusal}. Expected the path of a file below the audit, as the list of artifacts writes it." : null);
            return query.Flag("link");
        });
        var address = ArtifactAddresses.Audit(id) + path;
        try
        {
            return link && await blobs.ExistsAsync(address, cancellationToken) && await blobs.LinkAsync(address, LinkLifetime, cancellationToken) is { } there
                ? TypedResults.Redirect(there.AbsoluteUri)
                : TypedResults.Stream(await blobs.OpenReadAsync(address, cancellationToken), "application/octet-stream", path[(path.LastIndexOf('/') + 1)..], enableRangeProcessing: true);
        }
        catch (Exception absent) when (absent is FileNotFoundException or UserErrorException)
        {
            // A link that leads out of a folder is as good as absent, and its refusal would name the folder.
            return Refusal.Of(request.HttpContext, StatusCodes.Status404NotFound, $"Audit {id} has no artifact '{Shown.Text(path)}'.");
        }
    }

    private static string? WrongPath(string path) =>
        path.Split('/').Any(segment => segment is "" or "." or "..") ? "has an empty, '.' or '..' segment"
        : path.Contains('\\', StringComparison.Ordinal) ? "has a backslash"
        : JsonLeaf.TextProblem(path) is null ? null
        : "is no plain text";
}

using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>What an audit has stored: heatmaps, rows as Parquet, plan and manifest.</summary>
internal static class FilesEndpoint
{
    private const int PageSize = 200;

    public static void MapFilesPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/audits/{id:guid}/files", ListAsync).Takes("after").WithoutTimeout();
        pages.MapGet("/audits/{id:guid}/files/{**path}", async (Guid id, string path, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken) =>
            await places.FindAsync(id, cancellationToken) is { } place ? await ArtifactEndpoints.SendAsync(id, path, context.Request, place.Blobs, cancellationToken) : Refusal.NoAudit(context, id)).Takes("link").WithoutTimeout();
    }

    private static async Task<IResult> ListAsync(Guid id, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
    {
        var after = Query.Read(context.Request, query => query.Text("after"));
        if (await places.FindAsync(id, cancellationToken) is not { } place || await place.Views.FindAsync(id, [], cancellationToken) is not { } audit)
        {
            return Refusal.NoAudit(context, id);
        }

        return PageMapping.Page<FilesPage>(new Dictionary<string, object?>
        {
            [nameof(FilesPage.Audit)] = audit,
            [nameof(FilesPage.After)] = after,
            [nameof(FilesPage.List)] = await ArtifactEndpoints.PageAsync(id, after, PageSize, place.Blobs, cancellationToken),
        });
    }
}

using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Report;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Browse;

/// <summary>Draws single items when a person looks at them. What is read: the item's row, the manifest of its shard, its image, its mask and one heatmap.</summary>
/// <param name="blobs">Where the artifacts lie.</param>
/// <param name="locations">Where images and masks may be read.</param>
internal sealed class ItemPictures(IBlobStore blobs, SourceLocations locations)
{
    /// <summary>Longer side of a thumbnail, in pixels.</summary>
    public const int ThumbnailSide = 160;

    /// <summary>Finds what a picture is made of; null: there is no such item, or no such heatmap.</summary>
    public static async Task<PictureParts?> FindAsync(AuditDb db, PictureRequest request, CancellationToken cancellationToken)
    {
        var rows = await db.Items.AsNoTracking().Where(row => row.AuditId == request.AuditId && row.Item == request.Item).OrderBy(row => row.Row).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        var map = rows.Find(row => row.Result is { Status: HeatmapStatus.Ok, MapRow: not null } && row.Result.Method == request.Method && row.Result.Target == request.Target);
        if (map is null && request.Kind == PictureKind.Heatmap)
        {
            return null;
        }

        var row = map ?? rows[0];
        var run = await db.Shards.Where(shard => shard.AuditId == request.AuditId && shard.Number == row.Shard).Select(shard => shard.RunId).SingleOrDefaultAsync(cancellationToken);
        return run is { } known ? new(row.Shard, known, map?.Result.MapRow) : null;
    }

    /// <summary>Draws a picture; null: its image, mask or heatmap is gone or cannot be read.</summary>
    public async Task<byte[]?> DrawAsync(PictureRequest request, PictureParts parts, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(request.AuditId), cancellationToken);
            if (request.Kind == PictureKind.Heatmap)
            {
                var map = await MapAsync(request, parts, cancellationToken);
                return OverlayRenderer.RenderHeatmap(map.Values, map.Height, map.Width, plan.Model.Width, plan.Model.Height, request.Map);
            }

            var found = await new ItemLocator(plan, blobs, [parts.Shard]).FindAsync([request.Item], cancellationToken);
            return found.TryGetValue(request.Item, out var place) ? await DrawAsync(request, parts, plan, place.Item, cancellationToken) : null;
        }
        catch (Exception error) when (ItemImages.IsLoss(error))
        {
            return null;
        }
    }

    private async Task<byte[]?> DrawAsync(PictureRequest request, PictureParts parts, AuditPlan plan, DatasetItem item, CancellationToken cancellationToken)
    {
        var (width, height, images) = (plan.Model.Width, plan.Model.Height, new ItemImages(plan, locations));
        var seen = await images.ReadAsync(item, cancellationToken);
        switch (request.Kind)
        {
            case PictureKind.Outline:
                return await images.MaskAsync(item, seen, cancellationToken) is { } mask ? OverlayRenderer.RenderOutline(mask, width, height) : null;
            case PictureKind.Thumbnail when parts.MapRow is not null:
                var map = await MapAsync(request, parts, cancellationToken);
                return OverlayRenderer.RenderThumbnail(seen.View, width, height, map.Values, map.Height, map.Width, ThumbnailSide);
            case PictureKind.Thumbnail:
                return OverlayRenderer.RenderThumbnail(seen.View, width, height, [], 0, 0, ThumbnailSide);
            default:
                return OverlayRenderer.RenderImage(seen.View, width, height);
        }
    }

    private Task<Aggregate.StoredMap> MapAsync(PictureRequest request, PictureParts parts, CancellationToken cancellationToken) =>
        EvidenceMap.ReadAsync(blobs, ArtifactAddresses.Maps(request.AuditId, parts.Shard, parts.Run, request.Method!), parts.MapRow!.Value, cancellationToken);
}

/// <summary>Where the parts of a picture lie.</summary>
/// <param name="Shard">The item's shard.</param>
/// <param name="Run">The run that won it.</param>
/// <param name="MapRow">Row of the heatmap among those of its method; null: none is drawn.</param>
internal sealed record PictureParts(int Shard, Guid Run, int? MapRow);

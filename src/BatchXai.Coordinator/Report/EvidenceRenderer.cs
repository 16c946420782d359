using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Report;

/// <summary>Draws items: the image as the model saw it, and the same with heatmap and object outline.</summary>
/// <param name="plan">The audit.</param>
/// <param name="blobs">Where its artifacts lie.</param>
/// <param name="locations">Where its images and masks lie.</param>
/// <param name="runs">Shard → the run that won it.</param>
public sealed class EvidenceRenderer(AuditPlan plan, IBlobStore blobs, SourceLocations locations, IReadOnlyDictionary<int, Guid> runs)
{
    private const long MaxFileBytes = 64L << 20;

    private readonly IBlobStore images = locations.Open(plan.ImageRoot);
    private readonly IBlobStore? masks = plan.MaskRoot is null ? null : locations.Open(plan.MaskRoot);

    /// <summary>Item → pictures. An item whose image or heatmap is gone or unreadable is left out: it is listed without a picture.</summary>
    public async Task<IReadOnlyDictionary<long, EvidencePictures>> RenderAsync(
        IReadOnlyList<ItemResult> items, CancellationToken cancellationToken)
    {
        var numbers = items.Select(row => row.Item).ToHashSet();
        var located = await new ItemLocator(plan, blobs, [.. runs.Keys]).FindAsync(numbers, cancellationToken);
        var pictures = new Dictionary<long, EvidencePictures>();
        foreach (var row in items)
        {
            if (located.TryGetValue(row.Item, out var place) && await TryDrawAsync(row, place, cancellationToken) is { } drawn)
            {
                pictures[row.Item] = drawn;
            }
        }

        return pictures;
    }

    private async Task<EvidencePictures?> TryDrawAsync(ItemResult row, LocatedItem place, CancellationToken cancellationToken)
    {
        try
        {
            return row is { Method: { } method, MapRow: { } mapRow } ? await DrawAsync(method, mapRow, place, cancellationToken) : null;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or InvalidDataException
            or ImageRefusedException or UserErrorException or ArgumentException || (error is IOException and not BlobsUnavailableException))
        {
            return null;
        }
    }

    private async Task<EvidencePictures> DrawAsync(string method, int mapRow, LocatedItem place, CancellationToken cancellationToken)
    {
        var (width, height) = (plan.Model.Width, plan.Model.Height);
        var preprocess = plan.Request.Model.Preprocess;
        var image = ImageDecoder.Decode(await images.ReadAsync(place.Item.Path, MaxFileBytes, cancellationToken));
        var geometry = ModelView.Geometry(preprocess, image.Width, image.Height, width, height);
        var view = ImageResampler.ToRgb(image, geometry, (byte)preprocess.Padding);
        var mask = await MaskAsync(place.Item, image, cancellationToken);

        var address = ArtifactAddresses.Maps(plan.AuditId, place.Shard, runs[place.Shard], method);
        await using var maps = await NpyReader.OpenAsync(await blobs.OpenReadAsync(address, cancellationToken), cancellationToken);
        var map = await maps.ReadRowAsync(mapRow, cancellationToken);
        // Measures look at positive evidence only; so does the picture.
        var positive = Array.ConvertAll(map, value => Math.Max(value, 0));
        var overlay = OverlayRenderer.Render(view, width, height, positive, maps.Height, maps.Width, mask?.Project(geometry, height, width) ?? []);
        return new EvidencePictures(OverlayRenderer.RenderImage(view, width, height), overlay);
    }

    private async Task<PixelMask?> MaskAsync(DatasetItem item, RgbImage image, CancellationToken cancellationToken)
    {
        if (item.Mask is null)
        {
            return item.Boxes is { Count: > 0 } boxes
                ? PixelMask.FromBoxes(image.Width, image.Height, boxes.Select(box => (box.Left, box.Top, box.Right, box.Bottom)))
                : null;
        }

        if (masks is null)
        {
            return null;
        }

        try
        {
            return PixelMask.Decode(await masks.ReadAsync(item.Mask, MaxFileBytes, cancellationToken)).FitTo(image);
        }
        catch (Exception error) when (error is ImageRefusedException or UserErrorException or UnauthorizedAccessException || (error is IOException and not BlobsUnavailableException))
        {
            // The heatmap is still worth seeing without the outline.
            return null;
        }
    }
}

using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Imaging;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Report;

/// <summary>Reads an audit's images as its model saw them, and the masks that belong to them. An image that cannot be read is an exception that <see cref="IsLoss"/> knows.</summary>
/// <param name="plan">The audit.</param>
/// <param name="locations">Where its images and masks lie.</param>
internal sealed class ItemImages(AuditPlan plan, SourceLocations locations)
{
    private const long MaxFileBytes = 64L << 20;

    private readonly IBlobStore images = locations.Open(plan.ImageRoot);
    private readonly IBlobStore? masks = plan.MaskRoot is null ? null : locations.Open(plan.MaskRoot);

    /// <summary>Whether an exception says that a file is gone, refused or unreadable. That the store does not answer is no such thing.</summary>
    public static bool IsLoss(Exception error) => error is UnauthorizedAccessException or InvalidDataException
        or ImageRefusedException or UserErrorException or ArgumentException || (error is IOException and not BlobsUnavailableException);

    /// <summary>Reads an image.</summary>
    public async Task<SeenImage> ReadAsync(DatasetItem item, CancellationToken cancellationToken)
    {
        var preprocess = plan.Request.Model.Preprocess;
        var image = ImageDecoder.Decode(await images.ReadAsync(item.Path, MaxFileBytes, cancellationToken));
        var geometry = ModelView.Geometry(preprocess, image.Width, image.Height, plan.Model.Width, plan.Model.Height);
        return new(image, geometry, ImageResampler.ToRgb(image, geometry, (byte)preprocess.Padding));
    }

    /// <summary>The item's soft mask over the model's view, height × width, 0 … 1; null: there is none, or it cannot be read.</summary>
    public async Task<float[]?> MaskAsync(DatasetItem item, SeenImage seen, CancellationToken cancellationToken) =>
        (await PixelMaskAsync(item, seen.Image, cancellationToken))?.Project(seen.Geometry, plan.Model.Height, plan.Model.Width);

    private async Task<PixelMask?> PixelMaskAsync(DatasetItem item, RgbImage image, CancellationToken cancellationToken)
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
            // The image is still worth seeing without the outline.
            return null;
        }
    }
}

/// <summary>An image and what the model saw of it.</summary>
/// <param name="Image">The image, upright.</param>
/// <param name="Geometry">From its pixels to the model's view.</param>
/// <param name="View">The view, RGB, height × width × 3.</param>
internal sealed record SeenImage(RgbImage Image, ImageGeometry Geometry, byte[] View);

using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Worker.Fetch;

namespace BatchXai.Worker.Decode;

/// <summary>Bytes to input values, through the geometry that the mask goes through too. What cannot be decoded becomes a reason.</summary>
internal sealed class ItemDecoder(AuditPlan plan)
{
    private readonly PixelScaling scaling = ModelView.Scaling(plan.Request.Model.Preprocess, plan.Model.Channels);
    private readonly bool wantsView = plan.Request.Overlays == OverlayChoice.All;

    public DecodedImage Decode(FetchedImage fetched)
    {
        if (fetched.Problem is not null)
        {
            return new() { Item = fetched.Item, Problem = fetched.Problem };
        }

        try
        {
            var image = ImageDecoder.Decode(fetched.Image!);
            var geometry = ModelView.Geometry(plan.Request.Model.Preprocess, image.Width, image.Height, plan.Model.Width, plan.Model.Height);
            var input = new float[plan.Model.Channels * plan.Model.Height * plan.Model.Width];
            ImageResampler.ToTensor(image, geometry, scaling, input);
            var (mask, kind, problem) = Mask(fetched, image);
            return new()
            {
                Item = fetched.Item,
                Input = input,
                View = wantsView ? ImageResampler.ToRgb(image, geometry, scaling.Padding) : null,
                Geometry = geometry,
                Mask = mask,
                MaskKind = kind,
                MaskProblem = problem,
            };
        }
        catch (ImageRefusedException refused)
        {
            return new() { Item = fetched.Item, Problem = $"image '{fetched.Item.Path}': {refused.Message}" };
        }
        catch (Exception unforeseen) when (unforeseen is ArgumentException or ArithmeticException or InvalidOperationException or IndexOutOfRangeException)
        {
            // One image that nobody thought of must not cost the others of its shard.
            return new() { Item = fetched.Item, Problem = $"image '{fetched.Item.Path}' cannot be shown to the model: {unforeseen.Message}" };
        }
    }

    /// <summary>A mask wins over boxes: it says more.</summary>
    private static (PixelMask? Mask, MaskKind Kind, string? Problem) Mask(FetchedImage fetched, RgbImage image)
    {
        var item = fetched.Item;
        if (item.Mask is null)
        {
            return item.Boxes is { Count: > 0 } boxes
                ? (PixelMask.FromBoxes(image.Width, image.Height, boxes.Select(box => (box.Left, box.Top, box.Right, box.Bottom))), MaskKind.Boxes, null)
                : (null, MaskKind.None, null);
        }

        if (fetched.MaskProblem is not null)
        {
            return (null, MaskKind.Mask, fetched.MaskProblem);
        }

        try
        {
            var mask = PixelMask.Decode(fetched.Mask!);
            return mask.FitTo(image) is { } fitted
                ? (fitted, MaskKind.Mask, null)
                : (null, MaskKind.Mask, $"mask '{item.Mask}' is {mask.Width}×{mask.Height} pixels, and its image is {image.Width}×{image.Height}; they must be the same");
        }
        catch (ImageRefusedException refused)
        {
            return (null, MaskKind.Mask, $"mask '{item.Mask}': {refused.Message}");
        }
    }
}

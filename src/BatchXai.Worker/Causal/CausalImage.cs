using BatchXai.Attribution.Causal;
using BatchXai.Contracts.Datasets;
using BatchXai.Worker.Decode;

namespace BatchXai.Worker.Causal;

/// <summary>An image taken apart for the causal tests, as the model sees it.</summary>
/// <param name="Input">Input values, C×H×W.</param>
/// <param name="Mask">Soft object mask, H×W.</param>
/// <param name="Padding">Share of each pixel that is padding, H×W; empty: nothing is.</param>
/// <param name="HasBackground">Whether enough background is left to fill from, or to lend.</param>
internal sealed record CausalImage(float[] Input, float[] Mask, float[] Padding, bool HasBackground)
{
    /// <summary>Null when the image or its mask cannot be read, or the mask shows no object.</summary>
    public static CausalImage? Of(DecodedImage image, int height, int width)
    {
        if (image.Input is null || image.Mask?.Project(image.Geometry!, height, width) is not { } mask || !mask.AsSpan().ContainsAnyExceptInRange(float.NegativeInfinity, 0))
        {
            return null;
        }

        var padding = image.Geometry!.PaddingCoverage(height, width) ?? [];
        return new(image.Input, mask, padding, KnownBackground.Share(mask, padding, height, width) >= KnownBackground.LeastShare);
    }
}

/// <summary>An item that lends its background.</summary>
internal sealed record Donor(DatasetItem Item, CausalImage Image);

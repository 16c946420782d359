using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;

namespace BatchXai.Worker.Decode;

/// <summary>One item as the model sees it, or the reason why it cannot be shown to the model.</summary>
internal sealed record DecodedImage
{
    public required DatasetItem Item { get; init; }

    /// <summary>Input values, C×H×W; null when <see cref="Problem"/> is set.</summary>
    public float[]? Input { get; init; }

    /// <summary>The model's view as RGB, H×W×3; only when overlays are wanted for every item.</summary>
    public byte[]? View { get; init; }

    /// <summary>Where the model's input comes from in the image.</summary>
    public ImageGeometry? Geometry { get; init; }

    /// <summary>The object mask at the image's own size; null when there is none or it is invalid.</summary>
    public PixelMask? Mask { get; init; }

    public MaskKind MaskKind { get; init; }

    /// <summary>Why the image is unreadable.</summary>
    public string? Problem { get; init; }

    /// <summary>Why the mask is invalid.</summary>
    public string? MaskProblem { get; init; }
}

namespace BatchXai.Contracts.Models;

/// <summary>
/// How an 8-bit image becomes the model's input: geometry first (bilinear), then per channel
/// x = (pixel · <see cref="Scale"/> − mean) / std, in the channel order of the model.
/// </summary>
public sealed record PreprocessSpec
{
    /// <summary>Factor on 8-bit pixel values, before mean and std.</summary>
    public double Scale { get; init; } = 1.0 / 255;

    /// <summary>Mean of each channel, in the order of <see cref="Order"/>; one value stands for all channels.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0.485, 0.456, 0.406];

    /// <summary>Standard deviation of each channel, in the order of <see cref="Order"/>; one value stands for all channels.</summary>
    public IReadOnlyList<double> Std { get; init; } = [0.229, 0.224, 0.225];

    /// <summary>Channel order of the model's input.</summary>
    public ChannelOrder Order { get; init; } = ChannelOrder.Rgb;

    /// <summary>How an image of another shape is made to fit.</summary>
    public FitMode Fit { get; init; } = FitMode.CenterCrop;

    /// <summary>With <see cref="FitMode.CenterCrop"/>: the shorter side before the crop, in pixels; null: input side / 0.875, rounded.</summary>
    public int? ResizeShorter { get; init; }

    /// <summary>Input width in pixels; needed only where the model leaves it open.</summary>
    public int? Width { get; init; }

    /// <summary>Input height in pixels; needed only where the model leaves it open.</summary>
    public int? Height { get; init; }

    /// <summary>With <see cref="FitMode.Letterbox"/>: the 8-bit grey level of the padding, 0 … 255.</summary>
    public int Padding { get; init; } = 114;
}

/// <summary>Order of the colour channels in the model's input.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

/// <summary>How an image is made to fit the model's input.</summary>
public enum FitMode
{
    /// <summary>Resize the shorter side, keep the aspect ratio, cut out the centre.</summary>
    CenterCrop,

    /// <summary>Resize the whole image, ignoring its aspect ratio.</summary>
    Squash,

    /// <summary>Resize the longer side, keep the aspect ratio, pad the rest evenly.</summary>
    Letterbox,
}

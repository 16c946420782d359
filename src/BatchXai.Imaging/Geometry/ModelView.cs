using BatchXai.Contracts.Models;

namespace BatchXai.Imaging;

/// <summary>Reads a <see cref="PreprocessSpec"/>: what the model sees of an image.</summary>
public static class ModelView
{
    /// <summary>The transform from an image of <paramref name="width"/> × <paramref name="height"/> pixels to the model's input.</summary>
    public static ImageGeometry Geometry(PreprocessSpec preprocess, int width, int height, int inputWidth, int inputHeight) => preprocess.Fit switch
    {
        FitMode.CenterCrop => ImageGeometry.CenterCrop(width, height, inputWidth, inputHeight, preprocess.ResizeShorter),
        FitMode.Squash => ImageGeometry.Squash(width, height, inputWidth, inputHeight),
        FitMode.Letterbox => ImageGeometry.Letterbox(width, height, inputWidth, inputHeight),
        _ => throw new ArgumentOutOfRangeException(nameof(preprocess), preprocess.Fit, "unknown fit"),
    };

    /// <summary>The scaling from 8-bit pixels to input values, for a model with <paramref name="channels"/> colour channels.</summary>
    public static PixelScaling Scaling(PreprocessSpec preprocess, int channels) => new()
    {
        Scale = preprocess.Scale,
        Mean = Spread(preprocess.Mean, channels),
        Std = Spread(preprocess.Std, channels),
        Bgr = preprocess.Order == ChannelOrder.Bgr,
        Channels = channels,
        Padding = (byte)preprocess.Padding,
    };

    private static double[] Spread(IReadOnlyList<double> values, int channels) =>
        [.. Enumerable.Range(0, channels).Select(channel => values[Math.Min(channel, values.Count - 1)])];
}

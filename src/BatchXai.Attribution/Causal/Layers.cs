using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Causal;

/// <summary>
/// Images taken apart into object, background and letterbox padding. All of it happens in the model's input space: blending and diffusion are linear, so they commute with a
/// normalisation by channel.
/// </summary>
/// <param name="Images">n×C×H×W.</param>
/// <param name="Object">How much of each pixel is pasted, n×1×H×W in 0 … 1: the mask with a soft edge of about a pixel.</param>
/// <param name="Padding">1 where more than a trace of the pixel is letterbox padding, n×1×H×W.</param>
/// <param name="Known">1 where the background is seen for sure: outside the widened mask and the padding.</param>
internal sealed record Layers(torch.Tensor Images, torch.Tensor Object, torch.Tensor Padding, torch.Tensor Known)
{
    /// <summary>The deviation of a strong blur in units of the image's side: 18 pixels of 224.</summary>
    private const double StrongBlur = .08;

    internal static Layers Of(torch.Tensor images, torch.Tensor masks, torch.Tensor? padding)
    {
        using var scope = torch.NewDisposeScope();
        var rim = KnownBackground.Rim(images.shape[2], images.shape[3]);
        var hole = torch.nn.functional.max_pool2d(masks, [(2 * rim) + 1, (2 * rim) + 1], [1, 1], [rim, rim]).gt(Held(KnownBackground.Trace));
        var frame = padding is null ? torch.zeros_like(hole) : padding.gt(Held(KnownBackground.Trace));
        return new Layers(
            images,
            Feather(masks).MoveToOuterDisposeScope(),
            frame.to(torch.ScalarType.Float32).MoveToOuterDisposeScope(),
            hole.logical_or(frame).logical_not().to(torch.ScalarType.Float32).MoveToOuterDisposeScope());
    }

    /// <summary>The background alone, n×C×H×W: filled where the object or padding was.</summary>
    internal torch.Tensor Background(FillStyle style) => style == FillStyle.Diffusion ? DiffusionFill.Fill(Images, Known) : BlurFill.Fill(Images, Known);

    /// <summary>A background that shows only colours and large shapes any more.</summary>
    internal static torch.Tensor Blurred(torch.Tensor background) =>
        GaussianBlur.Apply(background, StrongBlur * Math.Max(background.shape[2], background.shape[3]));

    /// <summary>The objects on other backgrounds n×C×H×W; padding stays as it is.</summary>
    internal torch.Tensor Paste(torch.Tensor backgrounds) => Blend(backgrounds, torch.maximum(Object, Padding));

    /// <summary>The images without their objects; padding stays as it is.</summary>
    internal torch.Tensor WithoutObject(torch.Tensor background) => Blend(background, Padding);

    /// <summary>Some of the images, by their places.</summary>
    internal Layers Select(torch.Tensor rows) => new(Images.index_select(0, rows), Object.index_select(0, rows), Padding.index_select(0, rows), Known.index_select(0, rows));

    private torch.Tensor Blend(torch.Tensor background, torch.Tensor kept) => background.Plus(kept.mul(Images - background));

    /// <summary>Each pixel with its neighbours, weighted 1, 2, 1 along both axes.</summary>
    private static torch.Tensor Feather(torch.Tensor masks)
    {
        var (height, width) = (masks.shape[2], masks.shape[3]);
        var framed = torch.nn.functional.pad(masks, [1, 1, 1, 1], PaddingModes.Replicate);
        var across = Tap(framed, 3, width);
        return Tap(across, 2, height).mul(Held(1.0 / 16));

        static torch.Tensor Tap(torch.Tensor field, int axis, long side) =>
            field.narrow(axis, 0, side).add(field.narrow(axis, 1, side), Held(2)).add(field.narrow(axis, 2, side), Held(1));
    }
}

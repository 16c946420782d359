namespace BatchXai.Onnx.Operators;

/// <summary>The case that torch's own interpolation computes too: bilinear or bicubic over the last two of four axes, with the usual pixel centres or aligned corners.</summary>
internal static class TorchResize
{
    /// <returns>Null where torch means something else.</returns>
    public static Tensor? Run(Tensor x, Interpolation interpolation, ResizeAxis[] axes)
    {
        var fits = axes.Length == 4
            && axes[..2].All(axis => axis.Scale == 1)
            && axes[2..].All(axis => axis.Scale == (double)axis.Output / axis.Input && axis.Output > 1)
            && interpolation is { Antialias: false, ExcludeOutside: false, CubicA: -0.75, Coordinates: CoordinateMode.HalfPixel or CoordinateMode.PytorchHalfPixel or CoordinateMode.AlignCorners };
        return fits
            ? F.interpolate(
                x,
                [axes[2].Output, axes[3].Output],
                mode: interpolation.Mode == ResizeMode.Linear ? torch.InterpolationMode.Bilinear : torch.InterpolationMode.Bicubic,
                align_corners: interpolation.Coordinates == CoordinateMode.AlignCorners)
            : null;
    }
}

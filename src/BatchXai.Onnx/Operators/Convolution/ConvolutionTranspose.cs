using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// ConvTranspose in one to three spatial axes: x N×C×…, w C×M/group×…, optional bias M. torch crops both sides alike, so
/// other padding is cropped from the whole result; what output_shape asks for beyond it is filled with the bias.
/// </summary>
internal static class ConvolutionTranspose
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        var group = context.Node.Int("group", 1);
        var (outputPadding, outputShape) = (context.Node.Ints("output_padding"), context.Node.Ints("output_shape"));
        return inputs => [Run(inputs, window, group, outputPadding, outputShape)];
    }

    /// <summary>The transposed convolution in torch's terms.</summary>
    public static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, PlacedWindow window, long[] padding, long[] outputPadding, long group) => padding.Length switch
    {
        1 => F.conv_transpose1d(x, weight, bias, window.Strides[0], padding[0], outputPadding[0], window.Dilations[0], group),
        2 => F.conv_transpose2d(x, weight, bias, window.Strides, padding, outputPadding, window.Dilations, group),
        3 => F.conv_transpose3d(x, weight, bias, window.Strides, padding, outputPadding, window.Dilations, group),
        _ => throw new InvalidOperationException($"a convolution over {padding.Length} spatial axes"),
    };

    private static Tensor Run(Arguments inputs, Window window, long group, long[]? outputPadding, long[]? outputShape)
    {
        var (x, weight, bias) = (inputs.Tensor(0), inputs.Tensor(1), inputs.OptionalTensor(2));
        var placed = window.PlaceTransposed(inputs.Settings, x.shape, weight.shape, outputPadding, outputShape);
        var none = new long[placed.Begin.Length];
        var extra = outputPadding ?? none;
        if (placed.IsSymmetric && placed.Begin.All(pad => pad >= 0) && Enumerable.Range(0, extra.Length).All(axis => extra[axis] < Math.Max(placed.Strides[axis], placed.Dilations[axis])))
        {
            return Convolve(x, weight, bias, placed, placed.Begin, extra, group);
        }

        using var whole = Convolve(x, weight, null, placed, none, none, group);
        var cropped = F.pad(whole, PlacedWindow.TorchPads([.. placed.Begin.Select(pad => -pad)], [.. placed.End.Zip(extra, (pad, more) => more - pad)]));
        if (bias is null)
        {
            return cropped;
        }

        using (cropped)
        using (var perChannel = bias.reshape([-1, .. none.Select(_ => 1L)]))
        {
            return cropped.Plus(perChannel);
        }
    }
}

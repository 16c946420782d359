using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>The mean over every window of a tensor that is padded already.</summary>
internal static class WindowAverage
{
    public static Tensor Of(Tensor padded, PlacedWindow window)
        => window.IsDense ? Dense(padded, window, new long[window.Kernel.Length], true) : Dilated(padded, window);

    /// <summary>torch's own pool, which knows symmetric padding.</summary>
    public static Tensor Dense(Tensor x, PlacedWindow window, long[] padding, bool includePad) => padding.Length switch
    {
        1 => F.avg_pool1d(x, window.Kernel[0], window.Strides[0], padding[0], false, includePad),
        2 => F.avg_pool2d(x, window.Kernel, window.Strides, padding, false, includePad),
        3 => Precision.AtLeastSingle(x, wide => F.avg_pool3d(wide, window.Kernel, window.Strides, padding, false, includePad)),
        _ => throw new InvalidOperationException($"pooling over {padding.Length} spatial axes"),
    };

    // torch's pool knows no dilation; a convolution with equal weights does.
    private static Tensor Dilated(Tensor x, PlacedWindow window)
    {
        var channels = x.shape[1];
        using var weight = torch.full([channels, 1, .. window.Kernel], Held(1.0 / HostTensor.Count(window.Kernel)), x.dtype, x.device);
        return window.Kernel.Length switch
        {
            1 => F.conv1d(x, weight, null, window.Strides[0], 0, window.Dilations[0], channels),
            2 => F.conv2d(x, weight, null, window.Strides, [0, 0], window.Dilations, channels),
            3 => F.conv3d(x, weight, null, window.Strides, [0, 0, 0], window.Dilations, channels),
            _ => throw new InvalidOperationException($"pooling over {window.Kernel.Length} spatial axes"),
        };
    }
}

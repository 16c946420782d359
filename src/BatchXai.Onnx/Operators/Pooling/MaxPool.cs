using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>MaxPool. torch allows symmetric padding up to half the kernel; everything else is padded explicitly with −∞.</summary>
internal static class MaxPool
{
    public static Kernel Bind(OperatorContext context)
    {
        if (context.Wants(1))
        {
            throw new NotSupportedException("the Indices output");
        }

        var window = new Window(context.Node);
        return inputs => [Run(inputs.Tensor(0), window)];
    }

    private static Tensor Run(Tensor x, Window window)
    {
        if (x.is_floating_point())
        {
            return Pool(x, window);
        }

        using var wide = x.to(torch.ScalarType.Float64);
        using var pooled = Pool(wide, window);
        return pooled.to(x.dtype);
    }

    private static Tensor Pool(Tensor x, Window window)
    {
        var sizes = x.shape.AsSpan(2);
        var placed = window.Place(sizes);
        var fitsTorch = placed.IsSymmetric && !window.CeilMode && placed.Begin.Zip(placed.Kernel).All(axis => axis.First * 2 <= axis.Second);
        if (fitsTorch)
        {
            return Pool(x, placed, placed.Begin);
        }

        using var padded = F.pad(x, PlacedWindow.TorchPads(placed.Begin, placed.EndForOutput(sizes)), value: double.NegativeInfinity);
        return Pool(padded, placed, new long[placed.Begin.Length]);
    }

    private static Tensor Pool(Tensor x, PlacedWindow window, long[] padding) => padding.Length switch
    {
        1 => F.max_pool1d(x, window.Kernel[0], window.Strides[0], padding[0], window.Dilations[0]),
        2 => F.max_pool2d(x, window.Kernel, window.Strides, padding, window.Dilations),
        3 => F.max_pool3d(x, window.Kernel, window.Strides, padding, window.Dilations),
        _ => throw new InvalidOperationException($"pooling over {padding.Length} spatial axes"),
    };
}

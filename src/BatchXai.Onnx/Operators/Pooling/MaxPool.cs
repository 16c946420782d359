using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// MaxPool. torch allows symmetric padding up to half the kernel; everything else is padded explicitly with −∞. The optional
/// Indices count through the whole input, the last axis fastest, or with <c>storage_order=1</c> the first spatial axis fastest.
/// </summary>
internal static class MaxPool
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        var firstAxisFastest = context.Node.Int("storage_order", 0) != 0;
        if (context.Wants(1))
        {
            return inputs =>
            {
                var (values, indices) = Typed(inputs.Tensor(0), window, firstAxisFastest, inputs.Settings);
                return [values, indices];
            };
        }

        return inputs => [Precision.Floating(inputs.Tensor(0), x => Pool(x, window, inputs.Settings))];
    }

    private static Tensor Pool(Tensor x, Window window, ExecutionSettings settings)
    {
        var placed = window.Place(settings, x.shape);
        if (FitsTorch(placed, window))
        {
            return Pool(x, placed, placed.Begin);
        }

        using var padded = Padded(x, placed);
        return Pool(padded, placed, new long[placed.Begin.Length]);
    }

    private static (Tensor Values, Tensor Indices) Typed(Tensor x, Window window, bool firstAxisFastest, ExecutionSettings settings)
    {
        if (x.is_floating_point())
        {
            return WithIndices(x, window, firstAxisFastest, settings);
        }

        using var wide = x.to(torch.ScalarType.Float64);
        var (values, indices) = WithIndices(wide, window, firstAxisFastest, settings);
        using (values)
        {
            return (values.to(x.dtype), indices);
        }
    }

    private static (Tensor Values, Tensor Indices) WithIndices(Tensor x, Window window, bool firstAxisFastest, ExecutionSettings settings)
    {
        var sizes = x.shape[2..];
        var placed = window.Place(settings, x.shape);
        var none = new long[sizes.Length];
        if (FitsTorch(placed, window))
        {
            var (values, within) = PoolWithIndices(x, placed, placed.Begin);
            using (within)
            {
                return (values, MaxPoolIndices.OfInput(within, x.shape, sizes, none, firstAxisFastest, settings));
            }
        }

        using var padded = Padded(x, placed);
        var (found, at) = PoolWithIndices(padded, placed, none);
        using (at)
        {
            return (found, MaxPoolIndices.OfInput(at, x.shape, padded.shape[2..], placed.Begin, firstAxisFastest, settings));
        }
    }

    private static bool FitsTorch(PlacedWindow placed, Window window)
        => placed.IsSymmetric && !window.CeilMode && placed.Begin.Zip(placed.Kernel).All(axis => axis.First >= 0 && axis.First * 2 <= axis.Second);

    private static Tensor Padded(Tensor x, PlacedWindow placed)
        => F.pad(x, PlacedWindow.TorchPads(placed.Begin, placed.EndForOutput(x.shape.AsSpan(2))), value: double.NegativeInfinity);

    private static Tensor Pool(Tensor x, PlacedWindow window, long[] padding) => padding.Length switch
    {
        1 => F.max_pool1d(x, window.Kernel[0], window.Strides[0], padding[0], window.Dilations[0]),
        2 => F.max_pool2d(x, window.Kernel, window.Strides, padding, window.Dilations),
        3 => F.max_pool3d(x, window.Kernel, window.Strides, padding, window.Dilations),
        _ => throw new InvalidOperationException($"pooling over {padding.Length} spatial axes"),
    };

    private static (Tensor Values, Tensor Indices) PoolWithIndices(Tensor x, PlacedWindow window, long[] padding) => padding.Length switch
    {
        1 => F.max_pool1d_with_indices(x, window.Kernel[0], window.Strides[0], padding[0], window.Dilations[0]),
        2 => F.max_pool2d_with_indices(x, window.Kernel, window.Strides, padding, window.Dilations),
        3 => F.max_pool3d_with_indices(x, window.Kernel, window.Strides, padding, window.Dilations),
        _ => throw new InvalidOperationException($"pooling over {padding.Length} spatial axes"),
    };
}

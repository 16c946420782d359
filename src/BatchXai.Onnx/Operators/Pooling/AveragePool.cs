using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// AveragePool. Padding counts as elements only with <c>count_include_pad=1</c>; the overhang of ceil_mode never does.
/// Outside torch's own case it is a sum over explicit zero padding divided by the number of elements that count, which
/// is a product of one number an axis.
/// </summary>
internal static class AveragePool
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        var includePad = context.Node.Int("count_include_pad", 0) != 0;
        return inputs => [Run(inputs.Tensor(0), window, includePad, inputs.Settings)];
    }

    private static Tensor Run(Tensor x, Window window, bool includePad, ExecutionSettings settings)
    {
        var sizes = x.shape.AsSpan(2);
        var placed = window.Place(settings, x.shape);
        if (placed.IsDense && placed.IsSymmetric && !window.CeilMode && placed.Begin.Zip(placed.Kernel).All(axis => axis.First * 2 <= axis.Second))
        {
            return WindowAverage.Dense(x, placed, placed.Begin, includePad);
        }

        using var padded = F.pad(x, PlacedWindow.TorchPads(placed.Begin, placed.EndForOutput(sizes)));
        using var average = WindowAverage.Of(padded, placed);
        using var correction = Correction(x, placed, includePad, settings);
        return average.mul(correction);
    }

    // Kernel size over the number of elements that count, at every output position; shape 1×1×output.
    private static Tensor Correction(Tensor x, PlacedWindow window, bool includePad, ExecutionSettings settings)
    {
        var rank = window.Kernel.Length;
        var factors = new double[HostTensor.Count(window.Output)];
        Array.Fill(factors, 1);
        var inner = 1L;
        for (var axis = rank - 1; axis >= 0; axis--)
        {
            var size = x.shape[axis + 2];
            for (var i = 0L; i < factors.Length; i++)
            {
                var position = i / inner % window.Output[axis];
                factors[i] *= (double)window.Kernel[axis] / Counted(window, axis, position, size, includePad);
            }

            inner *= window.Output[axis];
        }

        using var wide = torch.tensor(factors, torch.ScalarType.Float64);
        using var shaped = wide.reshape([1, 1, .. window.Output]);
        return shaped.to(x.dtype, settings.Device, copy: true);
    }

    private static long Counted(PlacedWindow window, int axis, long position, long size, bool includePad)
    {
        var start = (position * window.Strides[axis]) - window.Begin[axis];
        var (low, high) = includePad ? (-window.Begin[axis], size + window.End[axis]) : (0, size);
        var count = 0L;
        for (var k = 0L; k < window.Kernel[axis]; k++)
        {
            var at = start + (k * window.Dilations[axis]);
            count += at >= low && at < high ? 1 : 0;
        }

        return Math.Max(1, count);
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Resize and its predecessor Upsample. Nearest picks pixels; linear and cubic multiply each axis by a matrix of weights,
/// made in double precision, which covers every coordinate mode. Where torch's own interpolation means the same, it is used.
/// </summary>
internal static class Resize
{
    public static Kernel UpsampleAttribute(OperatorContext context)
    {
        var interpolation = Interpolation.Old(context.Node);
        var scales = context.Node.Floats("scales") ?? throw new NotSupportedException("no scales attribute");
        return inputs => [Run(inputs, interpolation, ResizeSizes.FromScales(inputs[0].Shape, [.. scales]))];
    }

    public static Kernel Upsample(OperatorContext context) => FirstVersion(context);

    /// <summary>Opset 10: scales are the only input.</summary>
    public static Kernel FirstVersion(OperatorContext context)
    {
        var interpolation = Interpolation.Old(context.Node);
        return inputs => [Run(inputs, interpolation, ResizeSizes.FromScales(inputs[0].Shape, inputs.Elements(1)))];
    }

    public static Kernel Bind(OperatorContext context)
    {
        var interpolation = Interpolation.Of(context.Node);
        var sizes = new ResizeSizes(context.Node);
        return inputs => [Run(inputs, interpolation, sizes.Of(inputs))];
    }

    private static Tensor Run(Arguments inputs, Interpolation interpolation, ResizeAxis[] axes)
    {
        var settings = inputs.Settings;
        settings.Require([.. axes.Select(axis => axis.Output)]);
        settings.Require([.. axes.Select(axis => Math.Max(axis.Input, axis.Output))]);
        return interpolation.Mode == ResizeMode.Nearest
            ? Run(inputs.Tensor(0), interpolation, axes, settings)
            : Precision.Floating(inputs.Tensor(0), x => TorchResize.Run(x, interpolation, axes) ?? Run(x, interpolation, axes, settings));
    }

    private static Tensor Run(Tensor x, Interpolation interpolation, ResizeAxis[] axes, ExecutionSettings settings)
    {
        var crops = interpolation.Coordinates == CoordinateMode.CropAndResize;
        var result = x.alias();
        for (var axis = 0; axis < axes.Length; axis++)
        {
            if (axes[axis].Scale != 1 || axes[axis].Output != axes[axis].Input || crops)
            {
                using var previous = result;
                result = interpolation.Mode == ResizeMode.Nearest
                    ? Picked(previous, axis, axes[axis].Nearest(interpolation), settings)
                    : Weighted(previous, axis, axes[axis], interpolation, settings);
            }
        }

        return crops ? Extrapolated(result, interpolation.Extrapolation, axes, settings) : result;
    }

    private static Tensor Picked(Tensor x, int axis, long[] positions, ExecutionSettings settings)
    {
        using var indices = HostTensor.Vector(positions).ToTorch(settings);
        return x.index_select(axis, indices);
    }

    private static Tensor Weighted(Tensor x, int axis, ResizeAxis resize, Interpolation interpolation, ExecutionSettings settings)
    {
        settings.Require(resize.Output, resize.Input);
        using var flat = torch.tensor(resize.Weights(interpolation), torch.ScalarType.Float64);
        using var wide = flat.reshape(resize.Output, resize.Input);
        using var weights = wide.to(x.dtype, settings.Device, copy: true);
        using var last = x.transpose(axis, -1);
        using var product = F.linear(last, weights);
        return product.transpose(axis, -1);
    }

    // What tf_crop_and_resize reads outside the input is one value.
    private static Tensor Extrapolated(Tensor x, double value, ResizeAxis[] axes, ExecutionSettings settings)
    {
        var result = x;
        for (var axis = 0; axis < axes.Length; axis++)
        {
            var resize = axes[axis];
            long[] outside = [.. Enumerable.Range(0, (int)resize.Output).Select(at => resize.IsOutside(at) ? 1L : 0)];
            if (outside.Contains(1))
            {
                using var previous = result;
                long[] shape = [.. Enumerable.Range(0, axes.Length).Select(other => other == axis ? resize.Output : 1)];
                using var mask = new HostTensor(OnnxElementType.Bool, shape, outside).ToTorch(settings);
                result = previous.masked_fill(mask, Held(value));
            }
        }

        return result;
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// The Reduce family. Axes are an attribute in older opsets and an input in newer ones (ReduceSum from 13, the others
/// from 18); no axes means all of them, or none with <c>noop_with_empty_axes=1</c>.
/// </summary>
internal static class Reduce
{
    /// <summary>Reduces axes of a tensor, which keep size one.</summary>
    internal delegate Tensor Reduction(Tensor x, long[] axes);

    public static Binder AxesAttribute(Reduction reduction) => context =>
    {
        var axes = context.Node.Ints("axes");
        var keep = context.Node.Int("keepdims", 1) != 0;
        return inputs => [Run(inputs.Tensor(0), axes, keep, false, reduction)];
    };

    public static Binder AxesInput(Reduction reduction) => context =>
    {
        var keep = context.Node.Int("keepdims", 1) != 0;
        var nothingWithoutAxes = context.Node.Int("noop_with_empty_axes", 0) != 0;
        return inputs => [Run(inputs.Tensor(0), inputs.OptionalInts(1), keep, nothingWithoutAxes, reduction)];
    };

    public static Tensor Sum(Tensor x, long[] axes) => x.sum(axes, keepdim: true, type: x.dtype);

    public static Tensor Mean(Tensor x, long[] axes)
    {
        if (x.is_floating_point())
        {
            return x.mean(axes, keepdim: true);
        }

        using var wide = x.to(torch.ScalarType.Float64);
        using var mean = wide.mean(axes, keepdim: true);
        return mean.to(x.dtype);
    }

    public static Tensor Max(Tensor x, long[] axes) => Extreme(x, axes, double.NegativeInfinity, (tensor, dims) => tensor.amax(dims, keepdim: true));

    public static Tensor Min(Tensor x, long[] axes) => Extreme(x, axes, double.PositiveInfinity, (tensor, dims) => tensor.amin(dims, keepdim: true));

    public static Tensor Product(Tensor x, long[] axes)
    {
        var result = x;
        foreach (var axis in axes)
        {
            var previous = result;
            result = previous.prod(axis, keepdim: true, type: x.dtype);
            if (!ReferenceEquals(previous, x))
            {
                previous.Dispose();
            }
        }

        return result;
    }

    public static Tensor L1(Tensor x, long[] axes)
    {
        using var absolute = x.abs();
        return Sum(absolute, axes);
    }

    public static Tensor SumSquare(Tensor x, long[] axes)
    {
        using var square = x.mul(x);
        return Sum(square, axes);
    }

    public static Tensor L2(Tensor x, long[] axes)
    {
        using var sum = SumSquare(x, axes);
        return sum.sqrt();
    }

    public static Tensor LogSum(Tensor x, long[] axes)
    {
        using var sum = Sum(x, axes);
        return sum.log();
    }

    /// <summary>log Σ eˣ, with the largest element taken out first so that nothing overflows.</summary>
    public static Tensor LogSumExp(Tensor x, long[] axes)
    {
        if (x.numel() == 0)
        {
            using var nothing = x.exp();
            return LogSum(nothing, axes);
        }

        using var highest = Max(x, axes);
        using var finite = highest.nan_to_num(0, 0, 0);
        using var shift = finite.detach();
        using var shifted = x.sub(shift);
        using var exp = shifted.exp();
        using var log = LogSum(exp, axes);
        return log.add(shift);
    }

    private static Tensor Run(Tensor x, long[]? axes, bool keep, bool nothingWithoutAxes, Reduction reduction)
    {
        var rank = (int)x.Dimensions;
        if (axes is null or [])
        {
            axes = nothingWithoutAxes ? [] : Axes.All(rank);
        }

        axes = Axes.Normalize(axes, rank);
        if (axes.Length == 0)
        {
            return ReducedNothing(x, reduction);
        }

        var reduced = reduction(x, axes);
        if (keep)
        {
            return reduced;
        }

        using (reduced)
        {
            long[] shape = [.. x.shape.Where((_, axis) => !axes.Contains(axis))];
            return reduced.reshape(shape);
        }
    }

    // Without axes the elementwise part of the operator still applies (ReduceL1 of nothing is the absolute value).
    private static Tensor ReducedNothing(Tensor x, Reduction reduction)
    {
        using var column = x.unsqueeze(-1);
        using var reduced = reduction(column, [x.Dimensions]);
        return reduced.squeeze(-1);
    }

    private static Tensor Extreme(Tensor x, long[] axes, double ofNothing, Func<Tensor, long[], Tensor> extreme)
    {
        if (x.numel() > 0)
        {
            return extreme(x, axes);
        }

        long[] shape = [.. x.shape];
        foreach (var axis in axes)
        {
            shape[axis] = 1;
        }

        return torch.full(shape, ofNothing, x.dtype, x.device);
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>What the Reduce operators do over axes that keep size one. The extreme of nothing is the type's own limit.</summary>
internal static class Reductions
{
    public static Tensor Sum(Tensor x, long[] axes) => x.sum(axes, keepdim: true, type: x.dtype);

    public static Tensor Mean(Tensor x, long[] axes) => Precision.Floating(x, values => values.mean(axes, keepdim: true));

    public static Tensor Max(Tensor x, long[] axes) => x.numel() == 0 ? OfNothing(x, axes, Lowest(x.dtype)) : x.amax(axes, keepdim: true);

    public static Tensor Min(Tensor x, long[] axes) => x.numel() == 0 ? OfNothing(x, axes, Highest(x.dtype)) : x.amin(axes, keepdim: true);

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

    public static Tensor L2(Tensor x, long[] axes) => Precision.Floating(x, values => LpNorm.Of(values, axes, 2));

    public static Tensor LogSum(Tensor x, long[] axes) => Precision.Floating(x, values =>
    {
        using var sum = Sum(values, axes);
        return sum.log();
    });

    /// <summary>log Σ eˣ, with the largest element taken out first so that nothing overflows.</summary>
    public static Tensor LogSumExp(Tensor x, long[] axes) => Precision.Floating(x, values => StableLogSumExp(values, axes));

    private static Tensor StableLogSumExp(Tensor x, long[] axes)
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
        return log.Plus(shift);
    }

    private static Tensor OfNothing(Tensor x, long[] axes, Scalar value)
    {
        long[] shape = [.. x.shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        return torch.full(shape, value, x.dtype, x.device);
    }

    private static Scalar Lowest(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Bool => Held(false),
        torch.ScalarType.Byte => Held(0),
        torch.ScalarType.Int8 => Held(sbyte.MinValue),
        torch.ScalarType.Int16 => Held(short.MinValue),
        torch.ScalarType.Int32 => Held(int.MinValue),
        torch.ScalarType.Int64 => Held(long.MinValue),
        _ => Held(double.NegativeInfinity),
    };

    private static Scalar Highest(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Bool => Held(true),
        torch.ScalarType.Byte => Held(byte.MaxValue),
        torch.ScalarType.Int8 => Held(sbyte.MaxValue),
        torch.ScalarType.Int16 => Held(short.MaxValue),
        torch.ScalarType.Int32 => Held(int.MaxValue),
        torch.ScalarType.Int64 => Held(long.MaxValue),
        _ => Held(double.PositiveInfinity),
    };
}

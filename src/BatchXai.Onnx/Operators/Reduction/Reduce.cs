using System.Diagnostics;
using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// The Reduce family. Axes are an attribute in older opsets and an input in newer ones (ReduceSum from 13, the others
/// from 18); no axes means all of them, or none with <c>noop_with_empty_axes=1</c>. Shapes are reduced in managed memory.
/// </summary>
internal static class Reduce
{
    /// <summary>Reduces axes of a tensor, which keep size one.</summary>
    internal delegate Tensor Reduction(Tensor x, long[] axes);

    public static Binder AxesAttribute(Reduction reduction, Func<long, long, long>? host = null) => context =>
    {
        var axes = context.Node.Ints("axes");
        var keep = context.Node.Int("keepdims", 1) != 0;
        return inputs => [Run(inputs, axes, keep, false, reduction, host)];
    };

    public static Binder AxesInput(Reduction reduction, Func<long, long, long>? host = null) => context =>
    {
        var keep = context.Node.Int("keepdims", 1) != 0;
        var nothingWithoutAxes = context.Node.Int("noop_with_empty_axes", 0) != 0;
        return inputs => [Run(inputs, inputs.OptionalInts(1), keep, nothingWithoutAxes, reduction, host)];
    };

    private static Value Run(Arguments inputs, long[]? axes, bool keep, bool nothingWithoutAxes, Reduction reduction, Func<long, long, long>? host)
    {
        var shape = inputs[0].Shape;
        if (axes is null or [])
        {
            axes = nothingWithoutAxes ? [] : Axes.All(shape.Length);
        }

        axes = Axes.Normalize(axes, shape.Length);
        if (host is not null && inputs.AllInLane && !shape.Contains(0))
        {
            return OfShape(inputs.Host(0), axes, keep, host);
        }

        return Reduced(inputs.Tensor(0), axes, keep, reduction);
    }

    private static HostTensor OfShape(HostTensor x, long[] axes, bool keep, Func<long, long, long> host)
    {
        foreach (var axis in axes.Select(axis => (int)axis))
        {
            var sum = x.Select(axis, [0]);
            for (var i = 1L; i < x.Dims[axis]; i++)
            {
                sum = HostArithmetic.Combine(sum, x.Select(axis, [i]), host, (_, _) => throw new UnreachableException());
            }

            x = sum;
        }

        return keep ? x : x with { Dims = [.. x.Dims.Where((_, axis) => !axes.Contains(axis))] };
    }

    private static Tensor Reduced(Tensor x, long[] axes, bool keep, Reduction reduction)
    {
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
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Operators that change the shape and keep the elements in order: Reshape, Flatten, Squeeze, Unsqueeze.</summary>
internal static class Reshape
{
    /// <summary>Reshape: 0 copies the input's size (unless <c>allowzero=1</c>), one −1 is inferred.</summary>
    public static Kernel Bind(OperatorContext context)
    {
        var allowZero = context.Node.Int("allowzero", 0) != 0;
        return inputs => [To(inputs[0], inputs.Settings, Resolve(inputs[0].Shape, inputs.Ints(1), allowZero))];
    }

    /// <summary>Flatten: 2-D, split at <c>axis</c>.</summary>
    public static Kernel Flatten(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 1);
        return inputs =>
        {
            var shape = inputs[0].Shape;
            var split = axis == shape.Length ? shape.Length : Axes.Normalize(axis, shape.Length);
            return [To(inputs[0], inputs.Settings, [HostTensor.Count(shape[..split]), HostTensor.Count(shape[split..])])];
        };
    }

    /// <summary>Squeeze: drops the axes named by the attribute (up to 12) or input (from 13), or all of size one.</summary>
    public static Kernel Squeeze(OperatorContext context)
    {
        var fixedAxes = context.Node.Ints("axes");
        return inputs =>
        {
            var shape = inputs[0].Shape;
            var axes = fixedAxes ?? inputs.OptionalInts(1);
            var dropped = axes is null ? Axes.All(shape.Length).Where(axis => shape[axis] == 1).ToArray() : Axes.Normalize(axes, shape.Length);
            if (dropped.Any(axis => shape[axis] != 1))
            {
                throw new InvalidOperationException($"cannot squeeze axes [{string.Join(", ", dropped)}] of [{string.Join(", ", shape)}]");
            }

            return [To(inputs[0], inputs.Settings, [.. shape.Where((_, axis) => !dropped.Contains(axis))])];
        };
    }

    /// <summary>Unsqueeze: inserts axes of size one, numbered in the result.</summary>
    public static Kernel Unsqueeze(OperatorContext context)
    {
        var fixedAxes = context.Node.Ints("axes");
        return inputs =>
        {
            var shape = inputs[0].Shape;
            var axes = fixedAxes ?? inputs.Ints(1);
            var rank = shape.Length + axes.Length;
            var inserted = Axes.Normalize(axes, rank);
            var result = new long[rank];
            var next = 0;
            for (var axis = 0; axis < rank; axis++)
            {
                result[axis] = inserted.Contains(axis) ? 1 : shape[next++];
            }

            return [To(inputs[0], inputs.Settings, result)];
        };
    }

    private static Value To(Value x, ExecutionSettings settings, long[] shape)
        => x.IsManaged && HostTensor.Count(shape) == HostTensor.Count(x.Shape) ? x.Host() with { Dims = shape } : x.Tensor(settings).reshape(shape);

    private static long[] Resolve(long[] from, long[] wanted, bool allowZero)
    {
        long[] shape = [.. wanted];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 0 && !allowZero)
            {
                shape[axis] = axis < from.Length ? from[axis] : throw new InvalidOperationException($"size 0 at axis {axis} copies from a tensor of rank {from.Length}");
            }
        }

        var free = Array.IndexOf(shape, -1);
        if (free >= 0)
        {
            var known = HostTensor.Count(shape.Where((_, axis) => axis != free));
            shape[free] = known == 0 ? 0 : HostTensor.Count(from) / known;
        }

        return shape;
    }
}

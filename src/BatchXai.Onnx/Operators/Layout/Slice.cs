using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Slice: starts, ends, axes and steps as attributes (up to 9) or inputs (from 10). Ends beyond the axis are clamped; a negative step walks backwards.</summary>
internal static class Slice
{
    public static Kernel Attributes(OperatorContext context)
    {
        var node = context.Node;
        var (starts, ends, axes) = (node.Ints("starts") ?? [], node.Ints("ends") ?? [], node.Ints("axes"));
        return inputs => [Cut(inputs[0], inputs.Settings, starts, ends, axes, null)];
    }

    public static Kernel Inputs(OperatorContext context) => inputs =>
        [Cut(inputs[0], inputs.Settings, inputs.Ints(1), inputs.Ints(2), inputs.OptionalInts(3), inputs.OptionalInts(4))];

    private static Value Cut(Value x, ExecutionSettings settings, long[] starts, long[] ends, long[]? axes, long[]? steps)
    {
        var shape = x.Shape;
        var sliced = Axes.Normalize(axes ?? Axes.All(starts.Length), shape.Length);
        var result = x;
        for (var i = 0; i < sliced.Length; i++)
        {
            var axis = (int)sliced[i];
            var previous = result;
            result = CutAxis(previous, settings, axis, Range(shape[axis], starts[i], ends[i], steps?[i] ?? 1));
            if (!ReferenceEquals(previous, x))
            {
                previous.Release();
            }
        }

        return ReferenceEquals(result, x) ? x.Tensor(settings).alias() : result;
    }

    private static Value CutAxis(Value x, ExecutionSettings settings, int axis, (long Start, long Count, long Step) range)
    {
        if (x.IsManaged)
        {
            return x.Host().Select(axis, Indices(range));
        }

        var tensor = x.Tensor(settings);
        if (range.Step > 0)
        {
            // Counting from the last element taken, because a step may be as large as the type allows.
            var end = range.Count == 0 ? range.Start : range.Start + ((range.Count - 1) * range.Step) + 1;
            return tensor.slice(axis, range.Start, end, range.Count > 1 ? range.Step : 1);
        }

        using var indices = HostTensor.Vector(Indices(range)).ToTorch(settings);
        return tensor.index_select(axis, indices);
    }

    private static (long Start, long Count, long Step) Range(long size, long start, long end, long step)
    {
        if (step == 0)
        {
            throw new InvalidOperationException("a step of 0");
        }

        // For a backward walk, the position before the first element is −1.
        var (low, high) = step > 0 ? (0L, size) : (-1L, size - 1);
        var from = Math.Clamp(start < 0 ? start + size : start, step > 0 ? 0 : Math.Min(0, high), high);
        var to = Math.Clamp(end < 0 ? Math.Max(end, long.MinValue + size) + size : end, low, high + (step > 0 ? 0 : 1));
        var distance = step > 0 ? to - from : from - to;
        return (from, distance <= 0 ? 0 : ((distance - 1) / Math.Abs(step)) + 1, step);
    }

    private static long[] Indices((long Start, long Count, long Step) range)
    {
        var indices = new long[range.Count];
        for (var i = 0L; i < range.Count; i++)
        {
            indices[i] = range.Start + (i * range.Step);
        }

        return indices;
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Elementwise arithmetic of shapes in managed memory, with broadcasting.</summary>
internal static class HostArithmetic
{
    public static HostTensor Map(HostTensor x, Func<long, long> function) => x with { Data = Array.ConvertAll(x.Data, value => function(value)) };

    public static HostTensor Combine(HostTensor a, HostTensor b, OnnxElementType type, Func<long, long, long> function)
    {
        var dims = Axes.Broadcast(a.Dims, b.Dims);
        var (left, right) = (Expand(a, dims), Expand(b, dims));
        var data = new long[left.Data.Length];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = function(left.Data[i], right.Data[i]);
        }

        return new HostTensor(type, dims, data);
    }

    public static HostTensor Where(HostTensor condition, HostTensor a, HostTensor b)
    {
        var dims = Axes.Broadcast(Axes.Broadcast(condition.Dims, a.Dims), b.Dims);
        var (test, yes, no) = (Expand(condition, dims), Expand(a, dims), Expand(b, dims));
        return new HostTensor(a.Type, dims, [.. test.Data.Select((flag, i) => flag != 0 ? yes.Data[i] : no.Data[i])]);
    }

    /// <summary>Repeats axes of size one until the shape is <paramref name="dims"/>.</summary>
    public static HostTensor Expand(HostTensor x, long[] dims)
    {
        if (x.Dims.AsSpan().SequenceEqual(dims))
        {
            return x;
        }

        if (HostTensor.Count(dims) > HostTensor.MaxCount * 16)
        {
            throw new InvalidOperationException($"a shape computation of {HostTensor.Count(dims)} elements");
        }

        long[] padded = [.. Enumerable.Repeat(1L, dims.Length - x.Dims.Length), .. x.Dims];
        var result = x with { Dims = padded };
        for (var axis = 0; axis < dims.Length; axis++)
        {
            if (padded[axis] != dims[axis])
            {
                result = result.Select(axis, [.. Enumerable.Repeat(0L, (int)dims[axis])]);
            }
        }

        return result;
    }
}

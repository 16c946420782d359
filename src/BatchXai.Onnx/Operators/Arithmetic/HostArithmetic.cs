using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Elementwise arithmetic of shapes, and of the numbers computed from them, in managed memory, with broadcasting.</summary>
internal static class HostArithmetic
{
    /// <summary>Integers wrap as their type does.</summary>
    public static HostTensor Map(HostTensor x, Func<long, long> function) => x with { Data = Array.ConvertAll(x.Data, value => Wrapping.Narrow(function(value), x.Type)) };

    public static HostTensor MapNumbers(HostTensor x, Func<double, double> function) => HostTensor.OfNumbers(x.Type, x.Dims, Array.ConvertAll(x.Numbers, value => function(value)));

    /// <summary>The result has the type of <paramref name="a"/>.</summary>
    public static HostTensor Combine(HostTensor a, HostTensor b, Func<long, long, long> integers, Func<double, double, double> numbers)
    {
        var dims = Axes.Broadcast(a.Dims, b.Dims);
        var (left, right) = (Expand(a, dims), Expand(b, dims));
        return a.IsInteger && b.IsInteger
            ? new HostTensor(a.Type, dims, Zipped(left.Data, right.Data, (x, y) => Wrapping.Narrow(integers(x, y), a.Type)))
            : HostTensor.OfNumbers(a.Type, dims, Zipped(left.Numbers, right.Numbers, numbers));
    }

    /// <summary>The result is boolean.</summary>
    public static HostTensor Compare(HostTensor a, HostTensor b, Func<long, long, bool> integers, Func<double, double, bool> numbers)
    {
        var dims = Axes.Broadcast(a.Dims, b.Dims);
        var (left, right) = (Expand(a, dims), Expand(b, dims));
        return new HostTensor(OnnxElementType.Bool, dims, a.IsInteger && b.IsInteger
            ? Zipped(left.Data, right.Data, (x, y) => integers(x, y) ? 1L : 0)
            : Zipped(left.Numbers, right.Numbers, (x, y) => numbers(x, y) ? 1L : 0));
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

    private static TResult[] Zipped<T, TResult>(T[] left, T[] right, Func<T, T, TResult> function)
    {
        var result = new TResult[left.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = function(left[i], right[i]);
        }

        return result;
    }
}

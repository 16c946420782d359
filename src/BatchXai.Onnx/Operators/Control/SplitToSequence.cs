using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// SplitToSequence: pieces of the lengths given, or all of one length (a scalar; the last may be shorter), or single slices, whose axis
/// <c>keepdims=0</c> drops.
/// </summary>
internal static class SplitToSequence
{
    public static Kernel Bind(OperatorContext context)
    {
        var (axis, keep) = (context.Node.Int("axis", 0), context.Node.Int("keepdims", 1) != 0);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = Axes.Normalize(axis, (int)x.Dimensions);

            // The specification ignores keepdims as soon as lengths are given; PyTorch's exporter and ONNX Runtime ignore it for a list only.
            if (!keep && (!inputs.Has(1) || (inputs[1].Shape.Length == 0 && inputs.Ints(1)[0] == 1)))
            {
                return [Value.Sequence([.. Enumerable.Range(0, (int)x.shape[dim]).Select(i => (Value)x.select(dim, i))])];
            }

            var items = new List<Value>();
            var start = 0L;
            foreach (var length in Lengths(inputs, x.shape[dim]))
            {
                items.Add(x.narrow(dim, start, length));
                start += length;
            }

            return [Value.Sequence(items)];
        };
    }

    private static long[] Lengths(Arguments inputs, long size)
    {
        if (inputs.Has(1) && inputs[1].Shape.Length == 1)
        {
            var lengths = inputs.Ints(1);
            return lengths.All(length => length >= 0) && lengths.Sum() == size ? lengths : throw new InvalidOperationException($"pieces of [{string.Join(", ", lengths)}] do not make {size}");
        }

        var each = inputs.Has(1) ? inputs.Ints(1)[0] : 1;
        return each < 1
            ? throw new InvalidOperationException($"pieces of {each}")
            : [.. Enumerable.Range(0, (int)((size + each - 1) / each)).Select(i => Math.Min(each, size - (i * each)))];
    }
}

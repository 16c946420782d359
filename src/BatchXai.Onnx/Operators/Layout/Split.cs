using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Split along an axis: sizes from the attribute (up to 12) or input (from 13); otherwise equal parts, the last one smaller when it does not divide (from 18).</summary>
internal static class Split
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        var fixedSizes = context.Node.Ints("split");
        var parts = context.Node.Int("num_outputs", context.Node.Outputs.Count);
        return inputs =>
        {
            inputs.Settings.Require(parts);
            var dim = Axes.Normalize(axis, inputs[0].Shape.Length);
            var sizes = fixedSizes ?? inputs.OptionalInts(1) ?? EqualParts(inputs[0].Shape[dim], parts);
            return Cut(inputs[0], inputs.Settings, dim, sizes);
        };
    }

    private static long[] EqualParts(long size, long parts)
    {
        var part = (size + parts - 1) / parts;
        var sizes = new long[parts];
        Array.Fill(sizes, part);
        sizes[^1] = size - (part * (parts - 1));
        return sizes;
    }

    private static Value[] Cut(Value x, ExecutionSettings settings, int dim, long[] sizes)
    {
        var pieces = new Value[sizes.Length];
        var start = 0L;
        for (var i = 0; i < sizes.Length; i++)
        {
            pieces[i] = x.IsManaged
                ? x.Host().Select(dim, [.. Enumerable.Range((int)start, (int)sizes[i]).Select(index => (long)index)])
                : x.Tensor(settings).narrow(dim, start, sizes[i]);
            start += sizes[i];
        }

        return pieces;
    }
}

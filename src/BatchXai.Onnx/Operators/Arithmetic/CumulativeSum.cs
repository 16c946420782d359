namespace BatchXai.Onnx.Operators;

/// <summary>CumSum along an axis; <c>exclusive</c> leaves each element itself out, <c>reverse</c> sums from the end.</summary>
internal static class CumulativeSum
{
    public static Kernel Bind(OperatorContext context)
    {
        var exclusive = context.Node.Int("exclusive", 0) != 0;
        var reverse = context.Node.Int("reverse", 0) != 0;
        var type = context.TypeOf(0);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = Axes.Normalize(inputs.Ints(1)[0], (int)x.Dimensions);
            using var ordered = reverse ? x.flip(dim) : x.alias();
            using var summed = exclusive ? Shifted(ordered, dim) : ordered.alias();
            using var sums = Wrapping.Narrow(summed.cumsum(dim, x.dtype), type);
            return [reverse ? sums.flip(dim) : sums.alias()];
        };
    }

    private static Tensor Shifted(Tensor x, int dim)
    {
        var size = x.shape[dim];
        if (size == 0)
        {
            return x.alias();
        }

        using var first = x.narrow(dim, 0, 1);
        using var zero = torch.zeros_like(first);
        using var rest = x.narrow(dim, 0, size - 1);
        return torch.cat([zero, rest], dim);
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>CumSum and CumProd along an axis; <c>exclusive</c> leaves each element itself out, <c>reverse</c> goes from the end.</summary>
internal static class Cumulative
{
    public static Binder Sum => Of((x, dim) => x.cumsum(dim, x.dtype), x => torch.zeros_like(x));

    public static Binder Product => Of((x, dim) => x.cumprod(dim, x.dtype), x => torch.ones_like(x));

    private static Binder Of(Func<Tensor, int, Tensor> accumulate, Func<Tensor, Tensor> neutral) => context =>
    {
        var exclusive = context.Node.Int("exclusive", 0) != 0;
        var reverse = context.Node.Int("reverse", 0) != 0;
        var type = context.TypeOf(0);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = Axes.Normalize(inputs.Ints(1)[0], (int)x.Dimensions);
            using var ordered = reverse ? x.flip(dim) : x.alias();
            using var included = exclusive && x.shape[dim] > 0 ? Shifted(ordered, dim, neutral) : ordered.alias();
            using var accumulated = Wrapping.Narrow(accumulate(included, dim), type);
            return [reverse ? accumulated.flip(dim) : accumulated.alias()];
        };
    };

    private static Tensor Shifted(Tensor x, int dim, Func<Tensor, Tensor> neutral)
    {
        using var first = x.narrow(dim, 0, 1);
        using var nothing = neutral(first);
        using var rest = x.narrow(dim, 0, x.shape[dim] - 1);
        return torch.cat([nothing, rest], dim);
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>ArgMax and ArgMin: the position of the extreme along an axis; of equal ones the first, or the last with <c>select_last_index=1</c>.</summary>
internal static class ArgExtreme
{
    public static Binder Of(Func<Tensor, long, Tensor> position) => context =>
    {
        var axis = context.Node.Int("axis", 0);
        var keep = context.Node.Int("keepdims", 1) != 0;
        var last = context.Node.Int("select_last_index", 0) != 0;
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = Axes.Normalize(axis, (int)x.Dimensions);
            using var found = last ? Last(x, dim, position) : position(x, dim);
            return [keep ? found.alias() : found.squeeze(dim)];
        };
    };

    private static Tensor Last(Tensor x, int dim, Func<Tensor, long, Tensor> position)
    {
        using var reversed = x.flip(dim);
        using var found = position(reversed, dim);
        using var negative = found.neg();
        return negative.Plus(Held(x.shape[dim] - 1));
    }
}

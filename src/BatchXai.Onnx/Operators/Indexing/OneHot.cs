namespace BatchXai.Onnx.Operators;

/// <summary>OneHot: a new axis that is "on" at the index and "off" elsewhere; all "off" for an index out of range.</summary>
internal static class OneHot
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", -1);
        return inputs =>
        {
            var depth = (long)inputs.Scalar(1);
            var indices = inputs.Tensor(0);
            inputs.Settings.Require([depth, .. indices.shape]);
            var dim = Axes.Normalize(axis, (int)indices.Dimensions + 1);
            using var whole = indices.to(torch.ScalarType.Int64, copy: true);
            using var fromEnd = whole.Plus(Held(depth));
            using var negative = whole.lt(Held(0));
            using var positions = torch.where(negative, fromEnd, whole);
            using var column = positions.unsqueeze(dim);
            using var range = Arange(depth, indices.device);
            using var ranged = range.reshape([depth, .. Enumerable.Repeat(1L, (int)indices.Dimensions - dim)]);
            using var hit = column.eq(ranged);
            using var off = inputs.Tensor(2).select(0, 0);
            using var on = inputs.Tensor(2).select(0, 1);
            return [torch.where(hit, on, off)];
        };
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>LpNormalization: x over its L1 or L2 norm along an axis; zero where the norm is zero.</summary>
internal static class LpNormalization
{
    public static Kernel Bind(OperatorContext context)
    {
        var (axis, p) = (context.Node.Int("axis", -1), context.Node.Int("p", 2));
        if (p is not (1 or 2))
        {
            throw new NotSupportedException($"p={p}");
        }

        return inputs =>
        {
            var x = inputs.Tensor(0);
            using var norm = LpNorm.Of(x, [Axes.Normalize(axis, (int)x.Dimensions)], p);
            using var zero = norm.eq(Held(0));
            using var divisor = norm.masked_fill(zero, Held(1));
            return [x.div(divisor)];
        };
    }
}

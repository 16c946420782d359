namespace BatchXai.Onnx.Operators;

/// <summary>RMSNormalization: x / √(mean of x² + ε) · scale over all axes from <c>axis</c> on (default −1).</summary>
internal static class RootMeanSquareNormalization
{
    public static Kernel Bind(OperatorContext context)
    {
        _ = StashType.Of(context.Node);
        var axis = context.Node.Int("axis", -1);
        var epsilon = context.Node.Float("epsilon", 1e-5f);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var rank = (int)x.Dimensions;
            using var wide = Precision.AtLeastSingle(x);
            using var square = wide.mul(wide);
            using var mean = square.mean(Axes.All(rank)[Axes.Normalize(axis, rank)..], keepdim: true);
            using var shifted = mean.Plus(Held(epsilon));
            using var factor = shifted.rsqrt();
            using var normalized = wide.mul(factor);
            using var typed = Precision.To(normalized, x.dtype);
            return [typed.mul(inputs.Tensor(1))];
        };
    }
}

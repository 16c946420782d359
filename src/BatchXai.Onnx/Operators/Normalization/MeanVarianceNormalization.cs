namespace BatchXai.Onnx.Operators;

/// <summary>MeanVarianceNormalization: (x − mean) / (deviation + 10⁻⁹) over some axes, by default all but the channels.</summary>
internal static class MeanVarianceNormalization
{
    // As in the function that defines the operator.
    private const double Epsilon = 1e-9;

    public static Kernel Bind(OperatorContext context)
    {
        var axes = context.Node.Ints("axes") ?? [0, 2, 3];
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var over = Axes.Normalize(axes, (int)x.Dimensions);
            using var mean = x.mean(over, keepdim: true);
            using var centred = x.sub(mean);
            using var square = centred.mul(centred);
            using var variance = square.mean(over, keepdim: true);
            using var deviation = LpNorm.Root(variance, 2);
            using var divisor = deviation.Plus(Held(Epsilon));
            return [centred.div(divisor)];
        };
    }
}

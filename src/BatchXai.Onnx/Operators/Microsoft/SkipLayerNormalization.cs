using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>SkipLayerNormalization: layer normalization of input + skip + bias. Outputs: the result, mean, 1/deviation, the sum. The simplified form has neither mean nor β.</summary>
internal static class SkipLayerNormalization
{
    private const float DefaultEpsilon = 1e-12f;

    public static Kernel Full(OperatorContext context)
    {
        var epsilon = context.Node.Float("epsilon", DefaultEpsilon);
        var wantsStatistics = context.Wants(1) || context.Wants(2);
        return inputs =>
        {
            var sum = Sum(inputs, 4);
            var last = sum.shape[^1..];
            var result = F.layer_norm(sum, last, inputs.Tensor(2), inputs.OptionalTensor(3), epsilon);
            if (!wantsStatistics)
            {
                return [result, Unwanted, Unwanted, sum];
            }

            var mean = sum.mean([-1], keepdim: true);
            using var centred = sum.sub(mean);
            using var square = centred.mul(centred);
            using var variance = square.mean([-1], keepdim: true);
            using var shifted = variance.Plus(Held(epsilon));
            return [result, mean, shifted.rsqrt(), sum];
        };
    }

    public static Kernel Simplified(OperatorContext context)
    {
        var epsilon = context.Node.Float("epsilon", DefaultEpsilon);
        return inputs =>
        {
            var sum = Sum(inputs, 3);
            var made = SimplifiedLayerNormalization.Run(sum, inputs.Tensor(2), -1, epsilon);
            return [made[0], Unwanted, made[1], sum];
        };
    }

    private static Value Unwanted => Value.Absent("an output for training that is not computed");

    private static Tensor Sum(Arguments inputs, int bias)
    {
        using var sum = inputs.Tensor(0).Plus(inputs.Tensor(1));
        return inputs.OptionalTensor(bias) is { } offset ? sum.Plus(offset) : sum.alias();
    }
}

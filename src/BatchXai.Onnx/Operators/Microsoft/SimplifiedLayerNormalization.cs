using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>SimplifiedLayerNormalization: x / √(mean(x²) + ε) · scale over the axes from <c>axis</c> on. The second output is 1/√(…). ONNX Runtime also writes it into the standard operator set.</summary>
internal static class SimplifiedLayerNormalization
{
    public static Kernel Bind(OperatorContext context)
    {
        var (axis, epsilon) = (context.Node.Int("axis", -1), context.Node.Float("epsilon", 1e-5f));
        return inputs => Run(inputs.Tensor(0), inputs.Tensor(1), axis, epsilon);
    }

    public static Value[] Run(Tensor x, Tensor scale, long axis, float epsilon)
    {
        using var wide = x.In(Quantizer.Wide(x.dtype));
        using var square = wide.mul(wide);
        var first = Axes.Normalize(axis, (int)x.Dimensions);
        using var mean = square.mean(Axes.All((int)x.Dimensions)[first..], keepdim: true);
        using var shifted = mean.Plus(Held(epsilon));
        var inverse = shifted.rsqrt();
        using var normal = wide.mul(inverse);
        using var narrow = normal.In(x.dtype);
        return [narrow.mul(scale), inverse];
    }
}

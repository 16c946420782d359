using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>QGemm: α·A′·B′ + C of quantized matrices, C in steps of α · scale A · scale B. Without a scale for the result it is floating point.</summary>
internal static class QGemm
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var alpha = node.Float("alpha", 1);
        var (transA, transB) = (node.Int("transA", 0) != 0, node.Int("transB", 0) != 0);
        return inputs =>
        {
            using var a = Matrix(inputs.Floating(0), transA);
            using var b = Matrix(inputs.Floating(3), transB);
            using var product = IntegerProduct.MatMul(a, inputs.OptionalFloating(2), b, inputs.OptionalFloating(5));
            using var sum = inputs.OptionalFloating(6) is { } bias ? product.Plus(bias) : product.alias();
            using var scaleA = inputs.Tensor(1).mul(Held(alpha));
            return [Result(inputs, sum, scaleA, inputs.Tensor(4))];
        };
    }

    private static Value Result(Arguments inputs, Tensor sum, Tensor scaleA, Tensor scaleB)
    {
        if (inputs.Has(7))
        {
            return QLinearMatMul.Requantize(sum, scaleA, scaleB, inputs.Tensor(7), inputs.OptionalFloating(8), inputs.Has(8) ? inputs[8].ElementType : inputs[0].ElementType);
        }

        using var scale = scaleA.mul(scaleB);
        using var wide = sum.In(scale.dtype);
        return wide.mul(scale);
    }

    private static Tensor Matrix(Tensor x, bool transpose) => transpose ? x.t() : x.alias();
}

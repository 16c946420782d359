using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>MatMulInteger (result int32) and QLinearMatMul (result quantized again). Scales and zero points hold for a tensor, a row of a or a column of b.</summary>
internal static class QLinearMatMul
{
    /// <summary>a, b, a's zero point, b's zero point.</summary>
    public static Kernel ToInteger(OperatorContext context) => inputs =>
    {
        var (a, b) = (inputs.Floating(0), inputs.Floating(1));
        using var zeroA = PerRow(inputs.OptionalFloating(2), a);
        return [Value.Quantized(IntegerProduct.MatMul(a, zeroA, b, inputs.OptionalFloating(3)), OnnxElementType.Int32)];
    };

    /// <summary>a, its scale and zero point, the same of b, scale and zero point of the result.</summary>
    public static Kernel Quantized(OperatorContext context) => inputs =>
    {
        var (a, b) = (inputs.Floating(0), inputs.Floating(3));
        using var zeroA = PerRow(inputs.Floating(2), a);
        using var sum = IntegerProduct.MatMul(a, zeroA, b, inputs.Floating(5));
        using var scaleA = PerRow(inputs.Tensor(1), a);
        using var zero = PerRow(inputs.Floating(7), a);
        using var scale = PerRow(inputs.Tensor(6), a);
        return [Requantize(sum, scaleA!, inputs.Tensor(4), scale!, zero, inputs[7].ElementType)];
    };

    /// <summary>sum · (scale a · scale b / scale) as ONNX Runtime does it: the factors first, in single precision.</summary>
    public static Value Requantize(Tensor sum, Tensor scaleA, Tensor scaleB, Tensor scale, Tensor? zero, OnnxElementType type)
    {
        var wide = Quantizer.Wide(scale.dtype);
        using var wideA = scaleA.In(wide);
        using var both = wideA.mul(scaleB);
        using var factor = both.div(scale);
        using var rounded = sum.In(wide);
        using var ratio = rounded.mul(factor);
        return Quantizer.Levels(ratio, zero, type);
    }

    // A vector belongs to the rows of a: one element a row.
    private static Tensor? PerRow(Tensor? parameter, Tensor a)
        => parameter is null ? null
            : parameter.numel() == 1 ? parameter.reshape([])
            : parameter.Dimensions == 1 && a.Dimensions > 1 ? parameter.unsqueeze(-1)
            : parameter.alias();
}

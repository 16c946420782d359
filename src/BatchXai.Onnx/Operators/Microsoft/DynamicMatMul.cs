using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Products with quantized weights and a floating-point result: DynamicQuantizeMatMul quantizes its first input itself, MatMulIntegerToFloat gets it quantized.</summary>
internal static class DynamicMatMul
{
    /// <summary>a, b, scale and zero point of b, bias.</summary>
    public static Kernel Quantizing(OperatorContext context) => inputs =>
    {
        var a = inputs.Tensor(0);
        var (scale, zero) = QuantizeLinear.Range(a);
        using (scale)
        using (zero)
        {
            var quantized = Quantizer.Quantize(a, scale, zero, OnnxElementType.UInt8);
            using var numbers = quantized.Floating(inputs.Settings);
            return [Run(numbers, zero, scale, inputs.Floating(1), inputs.OptionalFloating(3), inputs.Tensor(2), inputs.OptionalTensor(4))];
        }
    };

    /// <summary>a, b, scale of a, scale of b, zero point of a, zero point of b, bias.</summary>
    public static Kernel Quantized(OperatorContext context) => inputs =>
        [Run(inputs.Floating(0), inputs.OptionalFloating(4), inputs.Tensor(2), inputs.Floating(1), inputs.OptionalFloating(5), inputs.Tensor(3), inputs.OptionalTensor(6))];

    private static Tensor Run(Tensor a, Tensor? zeroA, Tensor scaleA, Tensor b, Tensor? zeroB, Tensor scaleB, Tensor? bias)
    {
        using var sum = IntegerProduct.MatMul(a, zeroA, b, zeroB);
        using var scale = scaleA.mul(scaleB);
        using var wide = sum.In(scale.dtype);
        using var product = wide.mul(scale);
        return bias is null ? product.alias() : product.Plus(bias);
    }
}

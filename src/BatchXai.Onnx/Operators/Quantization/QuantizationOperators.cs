namespace BatchXai.Onnx.Operators;

/// <summary>Quantization of the standard operator set.</summary>
internal static class QuantizationOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("QuantizeLinear", 10, QuantizeLinear.Quantize, Gradient.StraightThrough),
        new("DequantizeLinear", 10, QuantizeLinear.Dequantize, Gradient.StraightThrough),
        new("DynamicQuantizeLinear", 11, QuantizeLinear.Dynamic, Gradient.StraightThrough),
        new("MatMulInteger", 10, QLinearMatMul.ToInteger, Gradient.StraightThrough),
        new("ConvInteger", 10, QLinearConv.ToInteger, Gradient.StraightThrough),
        new("QLinearMatMul", 10, QLinearMatMul.Quantized, Gradient.StraightThrough),
        new("QLinearConv", 10, QLinearConv.Quantized, Gradient.StraightThrough),
    ];
}

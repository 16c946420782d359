namespace BatchXai.Onnx.Operators;

/// <summary>Operators of <c>com.microsoft</c>: what ONNX Runtime writes into the models that it optimizes or quantizes.</summary>
internal static class MicrosoftOperators
{
    public const string Domain = "com.microsoft";

    public static IEnumerable<OperatorVariant> All => Fused.Concat(Quantized).Select(variant => variant with { Domain = Domain });

    private static IEnumerable<OperatorVariant> Fused =>
    [
        new("FusedConv", 1, FusedConv.Bind),
        new("NhwcFusedConv", 1, FusedConv.ChannelsLast),
        new("FusedMatMul", 1, FusedMatMul.Bind),
        new("FusedGemm", 1, FusedGemm.Bind),
        new("NhwcMaxPool", 1, NhwcMaxPool.Bind),
        new("Gelu", 1, FusedActivations.Gelu),
        new("BiasGelu", 1, FusedActivations.Gelu),
        new("FastGelu", 1, FusedActivations.FastGelu),
        new("QuickGelu", 1, FusedActivations.QuickGelu),
        new("SkipLayerNormalization", 1, SkipLayerNormalization.Full),
        new("SkipSimplifiedLayerNormalization", 1, SkipLayerNormalization.Simplified),
        new("GroupNorm", 1, GroupNorm.Bind),
        new("Attention", 1, FusedAttention.Bind) { Limits = "past and present, rotary embedding, masks of other shapes than N or N×length" },
        new("MultiHeadAttention", 1, MultiHeadAttention.Bind) { Limits = "past and present, packed sequences, masks of other shapes than N or N×length" },
    ];

    private static IEnumerable<OperatorVariant> Quantized =>
    [
        new("QuantizeLinear", 1, QuantizeLinear.Quantize, Gradient.StraightThrough),
        new("DequantizeLinear", 1, QuantizeLinear.Dequantize, Gradient.StraightThrough),
        new("QLinearConv", 1, QLinearConv.AnyOrder, Gradient.StraightThrough),
        new("QLinearAdd", 1, QLinear.Binary((a, b) => a.Plus(b)), Gradient.StraightThrough),
        new("QLinearMul", 1, QLinear.Binary((a, b) => a.mul(b)), Gradient.StraightThrough),
        new("QLinearSigmoid", 1, QLinear.Sigmoid, Gradient.StraightThrough),
        new("QLinearLeakyRelu", 1, QLinear.LeakyRelu, Gradient.StraightThrough),
        new("QLinearSoftmax", 1, QLinear.Softmax, Gradient.StraightThrough),
        new("QLinearAveragePool", 1, QLinear.AveragePool, Gradient.StraightThrough),
        new("QLinearGlobalAveragePool", 1, QLinear.GlobalAveragePool, Gradient.StraightThrough),
        new("QLinearConcat", 1, QLinear.Concat, Gradient.StraightThrough),
        new("QGemm", 1, QGemm.Bind, Gradient.StraightThrough),
        new("DynamicQuantizeMatMul", 1, DynamicMatMul.Quantizing, Gradient.StraightThrough),
        new("MatMulIntegerToFloat", 1, DynamicMatMul.Quantized, Gradient.StraightThrough),
        new("MatMulNBits", 1, MatMulNBits.Bind) { Limits = "g_idx, other than 2, 4 or 8 bits" },
    ];
}

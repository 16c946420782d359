using static BatchXai.Onnx.Tests.Operators.Constant;
using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Fused operators of <c>com.microsoft</c>.</summary>
internal static class MicrosoftCases
{
    private const string OnlyCuda = "it has no kernel for the CPU; FusedOperatorTests compares with the unfused operators";

    public static IEnumerable<OperatorCase> All =>
    [
        Case("FusedConv", [1, 2, 5, 4], [("activation", "LeakyRelu"), ("activation_params", new[] { 0.2f }), ("pads", new[] { 1, 1, 1, 1 })], Random(1, 3, 2, 3, 3), Random(2, 3)),
        Case("FusedConv residual", [1, 2, 4, 4], [("activation", "Relu"), ("pads", new[] { 1, 1, 1, 1 })], Random(1, 3, 2, 3, 3), Random(2, 3), Random(3, 1, 3, 4, 4)),
        Case("FusedConv clip", [1, 2, 4, 4], [("activation", "Clip"), ("activation_params", new[] { -0.3f, 0.5f })], Random(1, 3, 2, 2, 2)),
        Case("FusedConv hard sigmoid", [1, 2, 4, 4], [("activation", "HardSigmoid"), ("activation_params", new[] { 0.3f, 0.4f })], Random(1, 3, 2, 2, 2)),
        Case("FusedConv tanh", [1, 2, 4, 4], [("activation", "Tanh")], Random(1, 3, 2, 2, 2)),
        Case("NhwcFusedConv", [1, 4, 4, 2], [("activation", "Relu")], Random(1, 3, 2, 2, 2), Random(2, 3)) with { NotInOnnxRuntime = OnlyCuda },
        Case("FusedMatMul", [2, 4, 3], [("alpha", 0.5f), ("transA", 1), ("transB", 1)], Random(1, 2, 5, 4)),
        Case("FusedMatMul batch", [3, 2, 4], [("transBatchA", 1)], Random(1, 2, 4, 5)),
        Case("FusedMatMul batch both", [4, 2, 3], [("transBatchA", 1), ("transA", 1), ("transBatchB", 1), ("transB", 1)], Random(1, 5, 2, 4)),
        Case("FusedGemm", [2, 4], [("activation", "LeakyRelu"), ("activation_alpha", 0.3f), ("alpha", 0.7f), ("beta", 0.5f), ("transB", 1)], Random(1, 3, 4), Random(2, 3)),
        Case("NhwcMaxPool", [1, 4, 4, 2], [("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })]) with { NotInOnnxRuntime = "it pools integers only" },
        Case("Gelu", "Gelu of Microsoft", [2, 3], []),
        Case("BiasGelu", [2, 3], [], Random(1, 3)),
        Case("FastGelu", [2, 3], []),
        Case("FastGelu bias", [2, 3], [], Random(1, 3)),
        Case("QuickGelu", [2, 3], [("alpha", 1.3f)]),
        new("LayerNormalization in an older model", 12, [2, 3, 4], "LayerNormalization", [[4], [4]], []),
        new("SimplifiedLayerNormalization", 17, [2, 3, 4], "SimplifiedLayerNormalization", [], [("epsilon", 1e-3f)]) { Constants = [Random(1, 4)] },
        Case("SkipLayerNormalization", [2, 3, 4], [("epsilon", 1e-3f)], Random(1, 2, 3, 4), Random(2, 4), Random(3, 4), Random(4, 4)),
        Case("SkipLayerNormalization broadcast", [2, 3, 4], [("epsilon", 1e-3f)], Random(1, 1, 3, 4), Random(2, 4)),
        Case("SkipSimplifiedLayerNormalization", [2, 3, 4], [("epsilon", 1e-3f)], Random(1, 2, 3, 4), Random(2, 4), Random(4, 4)),
        Case("GroupNorm", [2, 2, 3, 4], [("groups", 2), ("activation", 1), ("epsilon", 1e-3f)], Random(1, 4), Random(2, 4)) with { NotInOnnxRuntime = OnlyCuda },
        Case("GroupNorm channels first", [2, 4, 3, 2], [("groups", 2), ("activation", 0), ("channels_last", 0), ("epsilon", 1e-3f)], Random(1, 4), Random(2, 4)) with { NotInOnnxRuntime = OnlyCuda },
        Case("Attention", "Attention of Microsoft", [2, 3, 4], [("num_heads", 2)], Random(1, 4, 12), Random(2, 12)),
        Case("Attention", "Attention of Microsoft unidirectional", [2, 3, 4], [("num_heads", 2), ("unidirectional", 1), ("scale", 0.4f)], Random(1, 4, 12), Random(2, 12)),
        Case("Attention", "Attention of Microsoft masked", [2, 3, 4], [("num_heads", 2)], Random(1, 4, 12), Random(2, 12), Integers32([2, 3], 1, 1, 0, 1, 1, 1)),
        Case("Attention", "Attention of Microsoft lengths", [2, 3, 4], [("num_heads", 2)], Random(1, 4, 12), Random(2, 12), Integers32([2], 2, 3)),
        Case("Attention", "Attention of Microsoft biased", [2, 3, 4], [("num_heads", 2)], Random(1, 4, 12), Random(2, 12), null, null, Random(5, 2, 2, 3, 3)),
        Case("Attention", "Attention of Microsoft sizes", [2, 3, 4], [("num_heads", 2), ("qkv_hidden_sizes", new[] { 4, 4, 6 })], Random(1, 4, 14), Random(2, 14)),
        Case("MultiHeadAttention", [2, 3, 4], [("num_heads", 2)], Random(1, 2, 5, 4), Random(2, 2, 5, 4), Random(3, 12)),
        Case("MultiHeadAttention masked", [2, 3, 4], [("num_heads", 2), ("scale", 0.7f)], Random(1, 2, 3, 4), Random(2, 2, 3, 4), null, Integers32([2, 3], 1, 1, 0, 1, 0, 1)),
        Case("MultiHeadAttention biased", [2, 3, 4], [("num_heads", 2)], Random(1, 2, 3, 4), Random(2, 2, 3, 6), null, null, Random(4, 1, 2, 3, 3)),
        Case("MultiHeadAttention unidirectional", [2, 3, 4], [("num_heads", 2), ("unidirectional", 1)], Random(1, 2, 3, 4), Random(2, 2, 3, 4)),
        Case("MultiHeadAttention heads", [2, 3, 4], [("num_heads", 2)], Random(1, 2, 2, 5, 2), Random(2, 2, 2, 5, 2)),
        Case("MultiHeadAttention packed", [2, 3, 2, 3, 2], [("num_heads", 2)]) with { NotInOnnxRuntime = OnlyCuda },
        Case("MatMulNBits", [2, 3, 48], [("K", 48), ("N", 5), ("bits", 4), ("block_size", 16)], Bytes(1, 5, 3, 8), Positive(2, 15), Bytes(3, 10)),
        Case("MatMulNBits symmetric", [2, 48], [("K", 48), ("N", 5), ("bits", 4), ("block_size", 32)], Bytes(1, 5, 2, 16), Positive(2, 10)),
        Case("MatMulNBits 8 bits", [2, 32], [("K", 32), ("N", 5), ("bits", 8), ("block_size", 16)], Bytes(1, 5, 2, 16), Positive(2, 10), Bytes(3, 10)),
    ];

    private static OperatorCase Case(string name, long[] shape, (string, object)[] attributes, params OnnxTensor?[] constants) => Case(name.Split(' ')[0], name, shape, attributes, constants);

    private static OperatorCase Case(string op, string name, long[] shape, (string, object)[] attributes, params OnnxTensor?[] constants)
        => new(name, 17, shape, op, [], attributes) { Domain = "com.microsoft", Constants = constants };
}

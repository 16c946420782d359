using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Layers of neural networks: convolution, pooling, normalization, activation, attention.</summary>
internal static class OperatorCasesOfLayers
{
    public static IEnumerable<OperatorCase> All => [.. Convolutions, .. Poolings, .. Normalizations, .. Activations, .. Attentions, .. Products];

    private static IEnumerable<OperatorCase> Convolutions =>
    [
        new("Conv 1-D", 7, [2, 2, 7], "Conv", [[3, 2, 3], [3]], [("pads", new[] { 1, 2 }), ("dilations", new[] { 2 })]),
        new("Conv 3-D", 22, [1, 2, 3, 4, 3], "Conv", [[2, 2, 2, 2, 2]], [("pads", new[] { 0, 1, 0, 1, 1, 0 })]),
        new("Conv same lower", 11, [1, 2, 5, 6], "Conv", [[3, 2, 2, 3]], [("auto_pad", "SAME_LOWER"), ("strides", new[] { 2, 1 })]),
        new("Conv valid", 11, [1, 2, 5, 6], "Conv", [[3, 2, 2, 3]], [("auto_pad", "VALID")]),
        .. new[] { 7L, 11, 22 }.Select(opset => new OperatorCase($"ConvTranspose in {opset}", opset, [1, 2, 3, 3], "ConvTranspose", [[2, 3, 3, 3], [3]], [("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 }), ("output_padding", new[] { 1, 1 })])),
        new("ConvTranspose asymmetric", 11, [1, 2, 3, 4], "ConvTranspose", [[2, 3, 3, 2], [3]], [("pads", new[] { 1, 0, 2, 1 }), ("strides", new[] { 2, 3 })]),
        new("ConvTranspose grouped dilated", 11, [1, 4, 3, 3], "ConvTranspose", [[4, 2, 2, 2], [4]], [("group", 2), ("dilations", new[] { 2, 1 })]),
        new("ConvTranspose output shape", 11, [1, 2, 3, 3], "ConvTranspose", [[2, 1, 3, 3]], [("output_shape", new[] { 6, 8 }), ("strides", new[] { 2, 3 })]),
        new("ConvTranspose output shape upper", 11, [1, 2, 3, 3], "ConvTranspose", [[2, 1, 3, 3]], [("output_shape", new[] { 6, 8 }), ("strides", new[] { 2, 3 }), ("auto_pad", "SAME_UPPER")]),
        new("ConvTranspose same upper", 11, [1, 2, 3, 4], "ConvTranspose", [[2, 1, 3, 4]], [("strides", new[] { 2, 1 }), ("auto_pad", "SAME_UPPER")]),
        new("ConvTranspose same lower", 11, [1, 2, 3, 4], "ConvTranspose", [[2, 1, 3, 4]], [("strides", new[] { 2, 1 }), ("auto_pad", "SAME_LOWER")]),
        new("ConvTranspose 1-D", 11, [2, 2, 4], "ConvTranspose", [[2, 3, 3], [3]], [("strides", new[] { 2 }), ("pads", new[] { 0, 1 })]),
        new("ConvTranspose 3-D", 11, [1, 2, 2, 3, 2], "ConvTranspose", [[2, 2, 2, 2, 3]], [("strides", new[] { 1, 2, 1 })]),
        new("DeformConv input", 19, [1, 4, 4, 4], "DeformConv", [], [("pads", new[] { 1, 0, 1, 0 }), ("group", 2), ("offset_group", 2)]) { Constants = [Random(1, 3 * 2, 2, 2, 2), Random(2, 1, 16, 5, 3), Random(3, 6), Random(4, 1, 8, 5, 3)] },
        new("DeformConv offset", 19, [1, 8, 3, 3], "DeformConv", [], []) { Constants = [Random(1, 1, 2, 4, 4), Random(2, 3, 2, 2, 2)], Position = 2 },
        new("DeformConv strided", 22, [1, 2, 6, 6], "DeformConv", [], [("strides", new[] { 2, 1 }), ("dilations", new[] { 1, 2 })]) { Constants = [Random(1, 3, 2, 2, 2), Random(2, 1, 8, 3, 4)] },
    ];

    private static IEnumerable<OperatorCase> Poolings =>
    [
        .. new[] { 7L, 8, 10, 11, 12, 22 }.Select(opset => new OperatorCase($"MaxPool in {opset}", opset, [1, 2, 5, 6], "MaxPool", [], [("kernel_shape", new[] { 2, 3 }), ("strides", new[] { 2, 1 }), ("pads", new[] { 0, 1, 1, 1 })])),
        new("MaxPool 1-D", 12, [2, 2, 7], "MaxPool", [], [("kernel_shape", new[] { 3 }), ("dilations", new[] { 2 }), ("pads", new[] { 1, 1 })]),
        new("MaxPool 3-D same", 12, [1, 1, 3, 4, 5], "MaxPool", [], [("kernel_shape", new[] { 2, 2, 2 }), ("auto_pad", "SAME_UPPER"), ("strides", new[] { 1, 2, 2 })]),
        new("MaxUnpool", 11, [1, 2, 2, 2], "MaxUnpool", [], [("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })]) { Constants = [Integer([1, 2, 2, 2], 0, 3, 13, 10, 17, 18, 24, 31)] },
        .. new[] { 7L, 10, 11, 19, 22 }.Select(opset => new OperatorCase($"AveragePool in {opset}", opset, [1, 2, 5, 6], "AveragePool", [], [("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 2, 1 }), ("pads", new[] { 1, 1, 1, 1 })])),
        new("AveragePool 1-D", 11, [2, 2, 7], "AveragePool", [], [("kernel_shape", new[] { 3 }), ("pads", new[] { 1, 0 })]),
        new("AveragePool 3-D same lower", 11, [1, 1, 3, 4, 5], "AveragePool", [], [("kernel_shape", new[] { 2, 2, 2 }), ("auto_pad", "SAME_LOWER")]),
        .. new[] { 7L, 11, 18, 22 }.Select(opset => new OperatorCase($"LpPool in {opset}", opset, [1, 2, 5, 6], "LpPool", [], [("kernel_shape", new[] { 3, 2 }), ("strides", new[] { 2, 1 }), ("pads", new[] { 1, 0, 1, 1 })])),
        new("LpPool p=3 dilated", 18, [1, 2, 6, 6], "LpPool", [], [("kernel_shape", new[] { 2, 2 }), ("p", 3), ("dilations", new[] { 2, 2 })]),
        new("LpPool p=1", 11, [1, 2, 6, 6], "LpPool", [], [("kernel_shape", new[] { 2, 2 }), ("p", 1)]),
        new("GlobalLpPool", 7, [2, 3, 2, 2], "GlobalLpPool", [], []),
        new("GlobalLpPool p=3", 22, [2, 3, 2, 2], "GlobalLpPool", [], [("p", 3)]) { NotInOnnxRuntime = "it has no GlobalLpPool 22" },
    ];

    private static IEnumerable<OperatorCase> Normalizations =>
    [
        .. new[] { 7L, 9, 14 }.Select(opset => new OperatorCase($"BatchNormalization in {opset}", opset, [2, 3, 4], "BatchNormalization", [[3], [3], [3], [3]], [("epsilon", 0.01f)])),
        new("InstanceNormalization 1-D", 22, [2, 2, 5], "InstanceNormalization", [[2], [2]], []),
        new("LayerNormalization axis 1 broadcast", 17, [2, 3, 4], "LayerNormalization", [[1, 4], [3, 1]], [("axis", 1), ("epsilon", 0.01f)]),
        new("GroupNormalization per group", 18, [2, 6, 2, 3], "GroupNormalization", [[3], [3]], [("num_groups", 3)]),
        new("GroupNormalization per channel", 21, [2, 6, 2, 3], "GroupNormalization", [[6], [6]], [("num_groups", 3)]),
        new("RMSNormalization", 23, [2, 3, 4], "RMSNormalization", [[4]], []),
        new("RMSNormalization axis 1", 23, [2, 3, 4], "RMSNormalization", [[3, 4]], [("axis", 1), ("epsilon", 0.1f)]),
        new("LpNormalization L2", 7, [2, 3, 4], "LpNormalization", [], [("axis", 1)]),
        new("LpNormalization L1", 22, [2, 3, 4], "LpNormalization", [], [("p", 1)]),
        new("MeanVarianceNormalization", 9, [2, 3, 2, 4], "MeanVarianceNormalization", [], []),
        new("MeanVarianceNormalization axes", 13, [2, 3, 2, 4], "MeanVarianceNormalization", [], [("axes", new[] { 1, -1 })]),
    ];

    private static IEnumerable<OperatorCase> Activations =>
    [
        new("Mish", 18, [3, 4], "Mish", [], []),
        new("Swish", 24, [3, 4], "Swish", [], []),
        new("Swish alpha", 24, [3, 4], "Swish", [], [("alpha", 1.7f)]),
        new("Celu", 12, [3, 4], "Celu", [], [("alpha", 0.4f)]),
        new("ThresholdedRelu", 10, [3, 4], "ThresholdedRelu", [], [("alpha", 0.3f)]),
        new("Shrink", 9, [3, 4], "Shrink", [], [("lambd", 0.3f), ("bias", 0.1f)]),
        new("Elu in 22", 22, [3, 4], "Elu", [], []),
        new("Selu attributes", 22, [3, 4], "Selu", [], [("alpha", 2f), ("gamma", 0.5f)]),
        new("PRelu per channel in 7", 7, [2, 3, 2, 2], "PRelu", [[3, 1, 1]], []),
        new("PRelu slope", 9, [3, 1, 1], "PRelu", [], []) { Constants = [Random(1, 2, 3, 2, 2)], Position = 1 },
        new("Clip inputs", 11, [3, 4], "Clip", [], []) { Constants = [Floats([], -0.4f), Floats([], 0.5f)] },
        new("Clip max only", 13, [3, 4], "Clip", [], []) { Constants = [null, Floats([], 0.5f)] },
    ];

    private static IEnumerable<OperatorCase> Attentions =>
    [
        new("Attention query", 23, [2, 2, 3, 4], "Attention", [], []) { Constants = [Random(1, 2, 2, 5, 4), Random(2, 2, 2, 5, 3)] },
        new("Attention key", 23, [2, 2, 5, 4], "Attention", [], [("scale", 0.7f)]) { Constants = [Random(1, 2, 2, 3, 4), Random(2, 2, 2, 5, 4)], Position = 1 },
        new("Attention value grouped", 23, [2, 2, 5, 4], "Attention", [], []) { Constants = [Random(1, 2, 4, 3, 4), Random(2, 2, 2, 5, 4)], Position = 2 },
        new("Attention joined heads causal", 23, [2, 3, 8], "Attention", [], [("q_num_heads", 4), ("kv_num_heads", 2), ("is_causal", 1)]) { Constants = [Random(1, 2, 3, 4), Random(2, 2, 3, 6)] },
        new("Attention masked capped", 23, [2, 2, 3, 4], "Attention", [], [("softcap", 0.5f)]) { Constants = [Random(1, 2, 2, 5, 4), Random(2, 2, 2, 5, 4), Random(3, 3, 5)] },
        new("Attention capped", 23, [2, 2, 3, 4], "Attention", [], [("softcap", 0.5f)]) { Constants = [Random(1, 2, 2, 5, 4), Random(2, 2, 2, 5, 4)] },
        new("Attention masked", 23, [2, 2, 3, 4], "Attention", [], []) { Constants = [Random(1, 2, 2, 5, 4), Random(2, 2, 2, 5, 4), Random(3, 3, 5)] },
        new("Attention with past", 24, [1, 2, 3, 4], "Attention", [], [("is_causal", 1)]) { Constants = [Random(1, 1, 2, 3, 4), Random(2, 1, 2, 3, 4), null, Random(4, 1, 2, 2, 4), Random(5, 1, 2, 2, 4)], NotInOnnxRuntime = "with past keys it demands that the present ones are wanted" },
        new("Attention padded", 24, [2, 2, 3, 4], "Attention", [], []) { Constants = [Random(1, 2, 2, 5, 4), Random(2, 2, 2, 5, 4), null, null, null, Integer([2], 3, 5)] },
        new("RotaryEmbedding", 23, [2, 3, 2, 8], "RotaryEmbedding", [], []) { Constants = [Random(1, 5, 4), Random(2, 5, 4), Integer([2, 2], 0, 4, 3, 1)] },
        new("RotaryEmbedding interleaved partial", 23, [2, 3, 24], "RotaryEmbedding", [], [("interleaved", 1), ("num_heads", 3), ("rotary_embedding_dim", 4)]) { Constants = [Random(1, 2, 3, 2), Random(2, 2, 3, 2)] },
    ];

    private static IEnumerable<OperatorCase> Products =>
    [
        new("Gemm in 7", 7, [3, 4], "Gemm", [[4, 2], [3, 1]], []),
        new("Gemm without C", 11, [3, 4], "Gemm", [[2, 4]], [("transB", 1), ("alpha", 0.3f)]),
        new("Einsum ellipsis", 12, [2, 3, 4], "Einsum", [[2, 4, 5]], [("equation", "...ij, ...jk -> ...ik")]),
        new("Einsum diagonal", 12, [3, 2, 2], "Einsum", [], [("equation", "bii->b")]),
        new("Einsum implicit", 12, [2, 3], "Einsum", [[3, 4]], [("equation", "ij,jk")]),
        new("Det", 11, [2, 3, 3], "Det", [], []),
        .. new[] { "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp" }
            .Select(op => new OperatorCase($"{op} axes in 18", 18, [2, 3, 2], op, [], [("keepdims", 0)], [[0, -1]])),
        new("ReduceLogSum axes in 18", 18, [2, 3, 2], "ReduceLogSum", [], [], [[1]], Positive: true),
        new("ReduceSum nothing", 13, [2, 3], "ReduceSum", [], [("noop_with_empty_axes", 1)]),
        new("ReduceMax in 20", 20, [2, 3, 2], "ReduceMax", [], [], [[1]]),
    ];
}

using BatchXai.Onnx;

namespace BatchXai.Fuzz;

/// <summary>Layers of networks.</summary>
internal static class NetworkSeeds
{
    public static IEnumerable<Seed> All =>
    [
        Seed.Of("classifier", new OnnxModelBuilder(17).Input("x", [null, 3, 8, 8]).Output("y", [null, 5])
            .Weight("w", 4, 3, 3, 3).Weight("b", 4).Weight("s", 4).Weight("h", 5, 4).Weight("hb", 5)
            .Node("Conv", ["x", "w", "b"], "c", ("pads", new[] { 1, 1, 1, 1 }), ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 1, 1 }), ("dilations", new[] { 1, 1 }), ("group", 1))
            .Node("BatchNormalization", ["c", "s", "s", "s", "s"], "n", ("epsilon", 1e-3f))
            .Node("Relu", ["n"], "r").Node("GlobalAveragePool", ["r"], "g").Node("Flatten", ["g"], "f").Node("Gemm", ["f", "h", "hb"], "y", ("transB", 1), ("alpha", 0.5f))),
        Seed.Of("pooling", new OnnxModelBuilder(19).Input("x", [1, 2, 8, 8]).Output("a").Output("m").Output("l").Output("g")
            .Node("AveragePool", ["x"], "a", ("kernel_shape", new[] { 3, 3 }), ("pads", new[] { 1, 0, 2, 1 }), ("strides", new[] { 2, 2 }), ("ceil_mode", 1), ("count_include_pad", 1), ("dilations", new[] { 1, 2 }))
            .Node("MaxPool", ["x"], "m", ("kernel_shape", new[] { 3, 3 }), ("pads", new[] { 1, 1, 1, 1 }), ("dilations", new[] { 2, 2 }), ("ceil_mode", 1))
            .Node("LpPool", ["x"], "l", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })).Node("GlobalMaxPool", ["x"], "g")),
        Seed.Of("windows", new OnnxModelBuilder(11).Input("x", [1, 2, 6]).Input("v", [1, 2, 4, 4, 4]).Output("a").Output("b").Output("t")
            .Weight("w", 4, 1, 3).Weight("u", 2, 2, 2, 2, 2).Weight("k", 2, 3, 3)
            .Node("Conv", ["x", "w"], "a", ("auto_pad", "SAME_UPPER"), ("group", 2), ("strides", new[] { 2 }))
            .Node("Conv", ["v", "u"], "b", ("pads", new[] { 0, 1, 2, 1, 0, 0 })).Node("ConvTranspose", ["x", "k"], "t", ("strides", new[] { 2 }), ("output_padding", new[] { 1 }), ("pads", new[] { 1, 0 }))),
        Seed.Of("resizing", new OnnxModelBuilder(19).Input("x", [1, 2, 4, 4]).Output("y").Output("z")
            .Initializer("scales", [4], [1f, 1f, 2f, 1.5f]).Ints("sizes", 1, 2, 3, 7)
            .Node("Resize", ["x", "", "scales"], "y", ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")).Node("Resize", ["x", "", "", "sizes"], "z", ("mode", "nearest"))),
        Seed.Of("products", new OnnxModelBuilder(13).Input("x", [2, 3, 4]).Output("m").Output("e").Output("g")
            .Weight("w", 4, 5).Weight("b", 2, 4, 2).Ints("shape", 6, 4)
            .Node("MatMul", ["x", "w"], "m").Node("Einsum", ["x", "b"], "e", ("equation", "bij,bjk->bik")).Node("Reshape", ["x", "shape"], "r").Node("Gemm", ["r", "w"], "g", ("beta", 0.5f))),
        Seed.Of("normalizations", new OnnxModelBuilder(21).Input("x", [2, 4, 3, 3]).Output("l").Output("i").Output("g").Output("r").Output("p").Output("s")
            .Weight("w", 4).Weight("v", 3, 3)
            .Node("LayerNormalization", ["x", "v"], "l", ("axis", 2)).Node("InstanceNormalization", ["x", "w", "w"], "i").Node("GroupNormalization", ["x", "w", "w"], "g", ("num_groups", 2))
            .Node("LRN", ["x"], "r", ("size", 3)).Node("LpNormalization", ["x"], "p", ("axis", 1)).Node("LogSoftmax", ["x"], "s", ("axis", -1))),
        Seed.Of("activations", new OnnxModelBuilder(20).Input("x", [2, 4]).Output("y").Weight("slope", 4).Initializer("low", [], [-1f]).Initializer("high", [], [1f])
            .Node("PRelu", ["x", "slope"], "a").Node("Clip", ["a", "low", "high"], "b").Node("HardSigmoid", ["b"], "c").Node("Gelu", ["c"], "d").Node("Elu", ["d"], "e").Node("Softplus", ["e"], "f").Node("Dropout", ["f"], "y")),
        Seed.Of("old", new OnnxModelBuilder(7).Input("x", [1, 2, 4, 4]).Output("y").Output("u")
            .Node("Pad", ["x"], "p", ("pads", new[] { 0, 0, 1, 1, 0, 0, 2, 2 }), ("mode", "reflect")).Node("Slice", ["p"], "s", ("starts", new[] { 1, -3 }), ("ends", new[] { 100, -1 }), ("axes", new[] { 2, 3 }))
            .Node("Clip", ["s"], "c", ("min", 0f), ("max", 6f)).Node("ReduceSum", ["c"], "y", ("axes", new[] { 2, 3 }), ("keepdims", 0)).Node("Upsample", ["x"], "u", ("scales", new[] { 1f, 1f, 2f, 2f }))),
        Seed.Of("quantized", new OnnxModelBuilder(13).Input("x", [1, 2, 4, 4]).Output("y").Output("z")
            .Initializer("scale", [], [0.05f]).Initializer(Weights.Tensor<byte>("zero", OnnxElementType.UInt8, [], 128)).Initializer("scales", [2], [0.05f, 0.1f])
            .Initializer(Weights.Tensor<sbyte>("w", OnnxElementType.Int8, [2, 2, 1, 1], 1, 2, 3, 4)).Initializer(Weights.Tensor<sbyte>("zeros", OnnxElementType.Int8, [2], 0, 1))
            .Node("QuantizeLinear", ["x", "scale", "zero"], "q").Node("DequantizeLinear", ["q", "scale", "zero"], "d").Node("DequantizeLinear", ["w", "scales", "zeros"], "dw", ("axis", 0)).Node("Conv", ["d", "dw"], "y")
            .Node("QLinearConv", ["q", "scale", "zero", "w", "scales", "zeros", "scale", "zero"], "qc").Node("DequantizeLinear", ["qc", "scale", "zero"], "z")),
        Seed.Of("attention", new OnnxModelBuilder(23).Input("q", [1, 2, 3, 4]).Output("y").Output("s").Node("Attention", ["q", "q", "q"], "y", ("is_causal", 1), ("scale", 0.5f)).Node("Softmax", ["q"], "s")),
        Seed.Of("fused", new OnnxModelBuilder(17).Input("x", [1, 3, 8]).Output("y").Output("z").Weight("w", 8, 8).Weight("b", 8)
            .Node("FusedMatMul", "com.microsoft", ["x", "w"], ["m"], ("alpha", 0.5f)).Node("SkipLayerNormalization", "com.microsoft", ["m", "x", "b", "b"], ["y"]).Node("BiasGelu", "com.microsoft", ["x", "b"], ["z"])),
    ];
}

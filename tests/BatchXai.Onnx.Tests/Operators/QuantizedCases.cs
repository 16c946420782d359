using static BatchXai.Onnx.Tests.Operators.Constant;
using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Operators on quantized tensors, and those that pass them on.</summary>
internal static class QuantizedCases
{
    private const string Microsoft = "com.microsoft";

    private static readonly (string, object)[] Pads = [("pads", new[] { 1, 0, 0, 1 })];
    private static readonly (string, object)[] Window = [("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })];

    public static readonly Dictionary<string, QuantizedCase> All = new QuantizedCase[]
    {
        new("QLinearConv", [1, 3, 5, 4], builder => Weights(builder).Node("QLinearConv", "", ["q", "scale", "zero", "w", "w_scale", "w_zero", "out_scale", "out_zero", "b"], ["p"], Pads), builder => Dequantized(builder).Node("Conv", "", ["d", "wd", "bd"], ["y"], Pads), 0.15f),
        new("QLinearConv of many products", [1, 40, 5, 5], builder => Deep(builder).Node("QLinearConv", ["q", "scale", "zero", "w", "w_scale", "w_zero", "out_scale", "out_zero"], "p"), builder => Deep(builder).Node("DequantizeLinear", ["w", "w_scale", "w_zero"], "wd").Node("Conv", ["d", "wd"], "y"), 0.6f),
        new("QLinearConv channels last", [1, 5, 4, 3], builder => Weights(builder).Node("QLinearConv", Microsoft, ["q", "scale", "zero", "w", "w_scale", "w_zero", "out_scale", "out_zero", "b"], ["p"], ("channels_last", 1)),
            builder => Dequantized(builder).Node("Transpose", ["d"], "first", ("perm", new[] { 0, 3, 1, 2 })).Node("Conv", ["first", "wd", "bd"], "c").Node("Transpose", ["c"], "y", ("perm", new[] { 0, 2, 3, 1 })), 0.15f),
        new("ConvInteger", [1, 3, 5, 4], builder => Weights(builder).Node("ConvInteger", "", ["q", "w", "zero", "w_zero0"], ["i"], Pads).Node("Cast", ["i"], "y", ("to", 1)),
            builder => Dequantized(builder).Initializer(Floats([], 50) with { Name = "fifty" }).Node("Mul", ["d", "fifty"], "levels").Node("DequantizeLinear", ["w", "one", "w_zero0"], "wi").Node("Conv", "", ["levels", "wi"], ["y"], Pads), 0),
        new("QLinearMatMul", [3, 5], builder => Matrix(builder).Node("QLinearMatMul", ["q", "scale", "zero", "m", "m_scale", "m_zero", "out_scale", "out_zero"], "p"), builder => Matrix(builder).Node("DequantizeLinear", ["m", "m_scale", "m_zero"], "md").Node("MatMul", ["d", "md"], "y"), 0.1f),
        new("MatMulInteger", [3, 5], builder => Matrix(builder).Node("MatMulInteger", ["q", "m", "zero", "m_zero"], "i").Node("Cast", ["i"], "f", ("to", 1)).Node("Mul", ["f", "m_scale"], "y"),
            builder => Matrix(builder).Initializer(Floats([], 50) with { Name = "fifty" }).Node("Mul", ["d", "fifty"], "levels").Node("DequantizeLinear", ["m", "m_scale", "m_zero"], "md").Node("MatMul", ["levels", "md"], "y"), 0),
        new("DynamicQuantizeMatMul", [3, 5], builder => Matrix(builder).Node("DequantizeLinear", ["q", "scale", "zero"], "f").Node("DynamicQuantizeMatMul", Microsoft, ["f", "m", "m_scale", "m_zero"], ["y"]), builder => Matrix(builder).Node("DequantizeLinear", ["m", "m_scale", "m_zero"], "md").Node("MatMul", ["d", "md"], "y"), 0),
        new("MatMulIntegerToFloat", [3, 5], builder => Matrix(builder).Node("MatMulIntegerToFloat", Microsoft, ["q", "m", "scale", "m_scale", "zero", "m_zero", "m_bias"], ["y"]), builder => Matrix(builder).Node("DequantizeLinear", ["m", "m_scale", "m_zero"], "md").Node("MatMul", ["d", "md"], "s").Node("Add", ["s", "m_bias"], "y"), 0),
        new("QGemm", [5, 3], builder => Matrix(builder).Node("QGemm", Microsoft, ["q", "scale", "zero", "m", "m_scale", "m_zero", "", "out_scale", "out_zero"], ["p"], ("transA", 1)), builder => Matrix(builder).Node("DequantizeLinear", ["m", "m_scale", "m_zero"], "md").Node("Gemm", ["d", "md"], "y", ("transA", 1)), 0.1f),
        new("QGemm floating point", [3, 5], builder => Matrix(builder).Node("QGemm", Microsoft, ["q", "scale", "zero", "m", "m_scale", "m_zero"], ["y"], ("alpha", 0.5f)), builder => Matrix(builder).Node("DequantizeLinear", ["m", "m_scale", "m_zero"], "md").Node("Gemm", ["d", "md"], "y", ("alpha", 0.5f)), 0),
        new("QLinearAdd", [2, 3, 4], builder => Other(builder).Node("QLinearAdd", Microsoft, ["q", "scale", "zero", "o", "o_scale", "o_zero", "out_scale", "out_zero"], ["p"]), builder => Other(builder).Node("DequantizeLinear", ["o", "o_scale", "o_zero"], "od").Node("Add", ["d", "od"], "y"), 0.03f),
        new("QLinearMul", [2, 3, 4], builder => Other(builder).Node("QLinearMul", Microsoft, ["q", "scale", "zero", "o", "o_scale", "o_zero", "out_scale", "out_zero"], ["p"]), builder => Other(builder).Node("DequantizeLinear", ["o", "o_scale", "o_zero"], "od").Node("Mul", ["d", "od"], "y"), 0.03f),
        Unary("QLinearSigmoid", "Sigmoid", [], []),
        Unary("QLinearLeakyRelu", "LeakyRelu", [("alpha", 0.2f)], [("alpha", 0.2f)]),
        Unary("QLinearSoftmax", "Softmax", [("axis", 1), ("opset", 13)], [("axis", 1)]),
        Unary("QLinearAveragePool", "AveragePool", Window, Window),
        Unary("QLinearGlobalAveragePool", "GlobalAveragePool", [], []),
        new("QLinearConcat", [1, 2, 4, 4], builder => builder.Node("QLinearConcat", Microsoft, ["out_scale", "out_zero", "q", "scale", "zero", "q", "scale", "zero"], ["p"], ("axis", 1)), builder => builder.Node("Concat", ["d", "d"], "y", ("axis", 1)), 0.02f),
        new("passing on", [1, 2, 4, 4], builder => builder.Node("MaxPool", "", ["q"], ["pool"], Window).Node("Transpose", ["pool"], "t", ("perm", new[] { 0, 2, 3, 1 })).Node("Flatten", ["t"], "flat").Node("Concat", ["flat", "flat"], "p", ("axis", 1)),
            builder => builder.Node("MaxPool", "", ["d"], ["pool"], Window).Node("Transpose", ["pool"], "t", ("perm", new[] { 0, 2, 3, 1 })).Node("Flatten", ["t"], "flat").Node("Concat", ["flat", "flat"], "y2", ("axis", 1)).Initializer(Floats([], 0.4f) with { Name = "shift" }).Node("Add", ["y2", "shift"], "y"), 0.02f),
    }.ToDictionary(test => test.Name);

    private static QuantizedCase Unary(string op, string plain, (string, object)[] attributes, (string, object)[] plainAttributes) => new(
        op, [1, 2, 4, 4], builder => builder.Node(op, Microsoft, ["q", "scale", "zero", "out_scale", "out_zero"], ["p"], attributes), builder => builder.Node(plain, "", ["d"], ["y"], plainAttributes), 0.03f);

    // A scale an output channel, bias in steps of scale · w_scale.
    private static OnnxModelBuilder Weights(OnnxModelBuilder builder) => builder.Initializer(SBytes(1, 4, 3, 2, 2) with { Name = "w" })
        .Initializer(Floats([4], 0.01f, 0.02f, 0.015f, 0.005f) with { Name = "w_scale" }).Initializer(Of(OnnxElementType.Int8, [4], new sbyte[4]) with { Name = "w_zero" }).Initializer(SByte(0) with { Name = "w_zero0" })
        .Initializer(Integers32([4], 3000, -2000, 100, 0) with { Name = "b" });

    private static OnnxModelBuilder Dequantized(OnnxModelBuilder builder) => Weights(builder).Initializer(Floats([4], 0.0002f, 0.0004f, 0.0003f, 0.0001f) with { Name = "b_scale" }).Initializer(Floats([], 1) with { Name = "one" })
        .Node("DequantizeLinear", ["w", "w_scale", "w_zero"], "wd", ("axis", 0)).Node("DequantizeLinear", ["b", "b_scale"], "bd", ("axis", 0));

    private static OnnxModelBuilder Deep(OnnxModelBuilder builder) => builder.Initializer(Bytes(1, 2, 40, 3, 3) with { Name = "w" }).Initializer(Floats([], 0.01f) with { Name = "w_scale" }).Initializer(Byte(130) with { Name = "w_zero" });

    private static OnnxModelBuilder Matrix(OnnxModelBuilder builder) => builder.Initializer(SBytes(2, 5, 4) with { Name = "m" }).Initializer(Floats([], 0.02f) with { Name = "m_scale" }).Initializer(SByte(3) with { Name = "m_zero" })
        .Initializer(Random(3, 4) with { Name = "m_bias" });

    private static OnnxModelBuilder Other(OnnxModelBuilder builder) => builder.Initializer(Bytes(2, 3, 4) with { Name = "o" }).Initializer(Floats([], 0.015f) with { Name = "o_scale" }).Initializer(Byte(90) with { Name = "o_zero" });
}

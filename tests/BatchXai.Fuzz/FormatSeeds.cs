using BatchXai.Onnx;

namespace BatchXai.Fuzz;

/// <summary>Parts of the format: subgraphs, functions, sequences, and every way to keep weights.</summary>
internal static class FormatSeeds
{
    public static IEnumerable<Seed> All =>
    [
        Seed.Of("if", new OnnxModelBuilder(16).Input("x", [2, 2]).Output("y").Output("k").Initializer(Weights.Tensor<byte>("true", OnnxElementType.Bool, [], 1)).Weight("w", 2)
            .Node("ReduceSum", ["x"], "sum", ("keepdims", 0)).Initializer("zero", [], [0f]).Node("Greater", ["sum", "zero"], "positive")
            .Node("If", ["positive"], "y", ("then_branch", new OnnxModelBuilder().Output("a").Node("Add", ["x", "w"], "a")), ("else_branch", new OnnxModelBuilder().Output("b").Weight("v", 2).Node("Mul", ["x", "v"], "b")))
            .Node("If", ["true"], "k", ("then_branch", new OnnxModelBuilder().Output("c").Node("Neg", ["x"], "c")), ("else_branch", new OnnxModelBuilder().Output("d").Node("Abs", ["x"], "d")))),
        Seed.Of("loop", new OnnxModelBuilder(16).Input("x", [2]).Output("last").Output("all").Initializer("trips", [], [3L]).Initializer(Weights.Tensor<byte>("go", OnnxElementType.Bool, [], 1))
            .Node("Loop", "", ["trips", "go", "x"], ["last", "all"], ("body", new OnnxModelBuilder().Input("i", [], OnnxElementType.Int64).Input("c", [], OnnxElementType.Bool).Input("s", [2])
                .Output("c2", [], OnnxElementType.Bool).Output("t").Output("o").Node("Identity", ["c"], "c2").Node("Add", ["s", "x"], "t").Node("Relu", ["t"], "o")))),
        Seed.Of("scan", new OnnxModelBuilder(16).Input("x", [3, 2]).Output("last").Output("all").Weight("start", 2)
            .Node("Scan", "", ["start", "x"], ["last", "all"], ("num_scan_inputs", 1), ("body", new OnnxModelBuilder().Input("s", [2]).Input("r", [2]).Output("t").Output("o").Node("Add", ["s", "r"], "t").Node("Identity", ["t"], "o")))),
        Seed.Of("functions", new OnnxModelBuilder(18).Input("x", [2]).Output("y")
            .Function("my", "Inner", ["a"], ["b"], new OnnxModelBuilder(17).Node("LeakyRelu", ["a"], "b", ("alpha", new OnnxAttribute { Name = "", ReferenceTo = "slope", Kind = 1 })), "slope")
            .Function("my", "Outer", ["a", "c"], ["d"], new OnnxModelBuilder(17).Opset("my", 1).Node("Inner", "my", ["a"], ["e"], ("slope", 0.25f)).Node("Add", ["e", "c"], "d"))
            .Node("Outer", "my", ["x", "x"], ["z"]).Node("Inner", "my", ["z"], ["y"], ("slope", 0.5f))),
        Seed.Of("sequences", new OnnxModelBuilder(17).Input("x", [4, 2]).Output("y").Output("z").Output("n").Initializer("one", [], [1L]).Ints("sizes", 1, 3)
            .Node("SplitToSequence", ["x", "sizes"], "s", ("axis", 0)).Node("SequenceAt", ["s", "one"], "y").Node("SequenceConstruct", ["x", "y"], "t").Node("ConcatFromSequence", ["t"], "z", ("axis", 0)).Node("SequenceLength", ["t"], "n")),
        Seed.Of("sparse", new OnnxModelBuilder(13).Input("x", [2, 3]).Output("y").SparseInitializer(Weights.Tensor("s", OnnxElementType.Float, [2], 1f, 2f), Weights.Tensor("", OnnxElementType.Int64, [2], 1L, 5L), [2, 3])
            .Node("Constant", [], "c", ("sparse_value", (Weights.Tensor("s", OnnxElementType.Float, [2], 1f, 2f), Weights.Tensor("", OnnxElementType.Int64, [2, 2], 0L, 1L, 1L, 2L), new long[] { 2, 3 }))).Node("Sum", ["x", "s", "c"], "y")),
        Seed.Of("external data", new OnnxModelBuilder(13).Input("x", [2, 3]).Output("y").Metadata("key", "value")
            .ExternalInitializer("w", OnnxElementType.Float, [3, 4], ("location", Seeds.WeightsFile), ("offset", "16"), ("length", "48")).ExternalInitializer("b", OnnxElementType.Float, [4], ("location", Seeds.WeightsFile))
            .Node("MatMul", ["x", "w"], "m").Node("Add", ["m", "b"], "y").NodeMetadata("scope", "head"), hasExternalData: true),
        Seed.Of("types", new OnnxModelBuilder(23).Input("x", [4]).Output("y").Output("h").Output("b").Output("i")
            .Initializer(new OnnxTensor("n", OnnxElementType.Int4, [4], new byte[] { 0x87, 0x21 })).Initializer(new OnnxTensor("f8", OnnxElementType.Float8E4M3FN, [4], new byte[] { 0x38, 0x40, 0x01, 0xC0 }))
            .Initializer(new OnnxTensor("f4", OnnxElementType.Float4E2M1, [3], new byte[] { 0x21, 0x07 })).Initializer(Weights.Tensor("half", OnnxElementType.Float16, [4], (Half)1, (Half)2, (Half)3, (Half)4))
            .Initializer(Weights.Tensor<ushort>("brain", OnnxElementType.BFloat16, [2], 0x3F80, 0x4000)).Initializer(Weights.Tensor("double", OnnxElementType.Double, [4], 1.0, 2, 3, 4)).Initializer(Weights.Tensor("u", OnnxElementType.UInt32, [2], 1u, uint.MaxValue))
            .Node("Cast", ["n"], "nf", ("to", 1)).Node("Cast", ["f8"], "ff", ("to", 1)).Node("Sum", ["x", "nf", "ff"], "y").Node("Mul", ["half", "half"], "h").Node("Exp", ["brain"], "b").Node("Cast", ["u"], "i", ("to", 7))),
    ];
}

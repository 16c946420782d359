using BatchXai.Onnx;

namespace BatchXai.Fuzz;

/// <summary>Operators whose result has a shape that numbers in the file decide.</summary>
internal static class ShapeSeeds
{
    public static IEnumerable<Seed> All =>
    [
        Seed.Of("shape arithmetic", new OnnxModelBuilder(13).Input("x", [2, 3, 4]).Output("y").Output("f")
            .Ints("zero", 0).Ints("rest", -1).Ints("three", 3, 3).Initializer(Weights.Tensor<float>("one", OnnxElementType.Float, [1], 1f))
            .Node("Shape", ["x"], "s").Node("Gather", ["s", "zero"], "n").Node("Mul", ["n", "n"], "nn").Node("Concat", ["n", "rest"], "to", ("axis", 0)).Node("Reshape", ["x", "to"], "y")
            .Node("Concat", ["nn", "three"], "big", ("axis", 0)).Node("ConstantOfShape", ["big"], "filled", ("value", Weights.Tensor<float>("", OnnxElementType.Float, [1], 2f)))
            .Node("Reshape", ["x", "rest"], "flat").Node("Slice", ["flat", "zero", "n"], "part").Node("ReduceSum", ["part"], "sum").Node("Add", ["filled", "sum"], "f")),
        Seed.Of("growing", new OnnxModelBuilder(18).Input("x", [1, 2, 3]).Output("e").Output("t").Output("p").Output("w").Output("s")
            .Ints("to", 4, 2, 3).Ints("times", 2, 1, 3).Ints("pads", 0, 1, 1, 0, 1, 2).Ints("axes", 1, 2).Ints("small", 1, 2, 1, 1).Initializer("value", [], [3f])
            .Node("Expand", ["x", "to"], "e").Node("Tile", ["x", "times"], "t").Node("Pad", ["x", "pads", "value"], "p").Node("Pad", ["x", "small", "", "axes"], "w", ("mode", "wrap"))
            .Ints("starts", 2).Ints("ends", -9).Ints("steps", -1).Ints("axis", 2).Node("Slice", ["x", "starts", "ends", "axis", "steps"], "s")),
        Seed.Of("made", new OnnxModelBuilder(14).Input("x", [3, 3]).Input("i", [2], OnnxElementType.Int64).Output("r").Output("o").Output("e").Output("t").Output("c").Output("f")
            .Initializer("a", [], [1L]).Initializer("b", [], [9L]).Initializer("d", [], [2L]).Initializer("values", [2], [0f, 1f]).Initializer("half", [], [0.5f]).Initializer("end", [], [3f])
            .Node("Range", ["a", "b", "d"], "r").Node("Range", ["half", "end", "half"], "f").Node("OneHot", ["i", "b", "values"], "o", ("axis", -1)).Node("EyeLike", ["x"], "e", ("k", 1)).Node("Trilu", ["x", "a"], "t", ("upper", 0)).Node("CumSum", ["x", "a"], "c", ("reverse", 1))),
        Seed.Of("indices", new OnnxModelBuilder(18).Input("x", [3, 4]).Output("a").Output("b").Output("c").Output("d").Output("k").Output("n")
            .Initializer("rows", [2, 2], [0L, 2L, 1L, -1L]).Initializer("updates", [2, 2], [1f, 2f, 3f, 4f]).Initializer("points", [2], [5f, 6f]).Ints("two", 2)
            .Node("Gather", ["x", "rows"], "a", ("axis", 1)).Node("GatherElements", ["x", "rows"], "b", ("axis", 0)).Node("GatherND", ["x", "rows"], "c").Node("ScatterElements", ["x", "rows", "updates"], "d", ("axis", 1), ("reduction", "add"))
            .Node("TopK", "", ["x", "two"], ["k", "ki"], ("axis", 1)).Node("ScatterND", ["x", "rows", "points"], "n", ("reduction", "max"))),
        Seed.Of("arithmetic", new OnnxModelBuilder(13).Input("x", [2, 1, 3]).Input("j", [3], OnnxElementType.Int32).Output("y").Output("m").Output("p").Weight("w", 4, 1)
            .Initializer(Weights.Tensor("k", OnnxElementType.Int32, [3], 2, -3, 1)).Initializer(Weights.Tensor<ushort>("u", OnnxElementType.UInt16, [2], 1, 65535))
            .Node("Add", ["x", "w"], "a").Node("Greater", ["a", "w"], "g").Node("Where", ["g", "a", "w"], "b").Node("Pow", ["b", "k"], "c").Node("Div", ["c", "w"], "d").Node("Max", ["d", "x", "w"], "y")
            .Node("Mod", ["j", "k"], "m").Node("Cast", ["u"], "cu", ("to", 7)).Node("Div", ["cu", "cu"], "p")),
        Seed.Of("reductions", new OnnxModelBuilder(18).Input("x", [2, 3, 4]).Output("a").Output("b").Output("c").Output("d").Ints("axes", 0, -1)
            .Node("ReduceMean", ["x", "axes"], "a").Node("ReduceLogSumExp", ["x", "axes"], "b", ("keepdims", 0)).Node("ReduceProd", ["x", "axes"], "c").Node("ArgMax", ["x"], "d", ("axis", 2), ("select_last_index", 1))),
        Seed.Of("pieces", new OnnxModelBuilder(18).Input("x", [2, 6, 2, 2]).Output("y").Output("z").Output("t").Ints("sizes", 1, 2, 3)
            .Node("Split", "", ["x", "sizes"], ["a", "b", "c"], ("axis", 1)).Node("Concat", ["c", "a"], "ca", ("axis", 1)).Node("Transpose", ["ca"], "t", ("perm", new[] { 0, 2, 3, 1 }))
            .Node("Split", "", ["b"], ["d", "e"], ("axis", 2), ("num_outputs", 2)).Node("Squeeze", ["d"], "y").Node("DepthToSpace", ["ca"], "z", ("blocksize", 2))),
    ];
}

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Operators of arithmetic and layout in the versions and corners that the other cases leave out.</summary>
internal static class LayoutCases
{
    public static IEnumerable<OperatorCase> All =>
    [
        new("Tan", 7, [2, 3], "Tan", [], []),
        new("Asin", 7, [2, 3], "Asin", [], []),
        new("Acos", 7, [2, 3], "Acos", [], []),
        new("Atan", 22, [2, 3], "Atan", [], []),
        new("Sinh", 9, [2, 3], "Sinh", [], []),
        new("Cosh", 9, [2, 3], "Cosh", [], []),
        new("Asinh", 22, [2, 3], "Asinh", [], []),
        new("Atanh", 9, [2, 3], "Atanh", [], []),
        OperatorCase.Of("Acosh", 9, [2, 3], model => model.Initializer("one", [1], [1f]).Node("Add", ["x", "one"], "more").Node("Acosh", ["more"], "y"), positive: true),
        new("Mod of numbers", 13, [2, 3], "Mod", [[3]], [("fmod", 1)]),
        OperatorCase.Of("Pow of integers", 12, [2, 3], model => model.Initializer("n", [3], [1L, 2, 3]).Node("Pow", ["x", "n"], "y")),
        OperatorCase.Of("Where", 9, [2, 3], model => model
            .Initializer("zero", [2, 1], [0f, 0.2f]).Initializer("other", [3], [3f, 4, 5]).Node("Greater", ["x", "zero"], "if").Node("Where", ["if", "x", "other"], "y")),
        OperatorCase.Of("Cast to double and back", 9, [2, 3], model => model
            .Node("Cast", ["x"], "wide", ("to", (int)OnnxElementType.Double)).Node("Cast", ["wide"], "y", ("to", (int)model.Type))),
        OperatorCase.Of("CastLike", 15, [2, 3], model => model.Initializer("like", [1], [1f]).Node("CastLike", ["x", "like"], "y")),
        OperatorCase.Of("CumSum", 11, [2, 3], model => model.Initializer("axis", [], [1L]).Node("CumSum", ["x", "axis"], "y")),
        OperatorCase.Of("CumSum exclusive reverse", 14, [2, 3], model => model
            .Initializer("axis", [], [-1L]).Node("CumSum", ["x", "axis"], "y", ("exclusive", 1), ("reverse", 1))),
        OperatorCase.Of("CumProd exclusive", 26, [2, 3], model => model.Initializer("axis", [], [0L]).Node("CumProd", ["x", "axis"], "y", ("exclusive", 1))),
        new("Max of three", 8, [2, 3], "Max", [[3], [2, 1]], [], Positive: true),
        new("Concat of old", 7, [2, 3], "Concat", [[2, 3]], [("axis", 0)]),
        new("Flatten negative axis", 11, [2, 3, 2], "Flatten", [], [("axis", -1)]),
        new("Flatten axis 0", 7, [2, 3, 2], "Flatten", [], [("axis", 0)]),
        new("Squeeze all", 13, [1, 2, 1, 3], "Squeeze", [], []),
        new("Unsqueeze axes input", 13, [2, 3], "Unsqueeze", [], [], [[-1, 0]]),
        new("Transpose reversed", 7, [2, 3, 2], "Transpose", [], []),
        new("Reshape keeping a size", 21, [2, 6], "Reshape", [], [("allowzero", 1)], [[3, -1]]),
        new("Expand of old", 8, [3, 1], "Expand", [], [], [[2, 1, 4]]),
        new("Tile of old", 7, [2, 3], "Tile", [], [], [[1, 2]]),
        OperatorCase.Of("Split attribute", 7, [4, 2], model => model.Node("Split", "", ["x"], ["other", "y"], ("split", new[] { 1, 3 }))),
        OperatorCase.Of("Split equally", 11, [2, 4], model => model.Node("Split", "", ["x"], ["other", "y"], ("axis", -1))),
        OperatorCase.Of("Split sizes input", 13, [4, 2], model => model.Initializer("sizes", [2], [1L, 3]).Node("Split", "", ["x", "sizes"], ["other", "y"])),
        OperatorCase.Of("Split unevenly", 18, [5, 2], model => model.Node("Split", "", ["x"], ["other", "y"], ("num_outputs", 2))),
        OperatorCase.Of("Slice steps beyond", 10, [5, 4], model => model
            .Initializer("starts", [2], [1L, 3]).Initializer("ends", [2], [long.MaxValue, long.MinValue]).Initializer("axes", [2], [0L, -1]).Initializer("steps", [2], [long.MaxValue, -2])
            .Node("Slice", ["x", "starts", "ends", "axes", "steps"], "y")),
        OperatorCase.Of("Slice half", 13, [5, 4], model => model
            .Initializer("starts", [1], [-4L]).Initializer("ends", [1], [100L]).Initializer("axes", [1], [0L]).Initializer("steps", [1], [2L])
            .Node("Slice", ["x", "starts", "ends", "axes", "steps"], "y")),
        OperatorCase.Of("Pad axes", 18, [2, 3], model => model
            .Initializer("pads", [2], [2L, -1]).Initializer("value", [], [7f]).Initializer("axes", [1], [-1L]).Node("Pad", ["x", "pads", "value", "axes"], "y")),
        OperatorCase.Of("Pad wrap", 19, [2, 3], model => model.Initializer("pads", [4], [1L, 2, 0, 3]).Node("Pad", ["x", "pads"], "y", ("mode", "wrap"))),
        OperatorCase.Of("Pad reflect input", 13, [3, 3], model => model.Initializer("pads", [4], [0L, 2, 1, 1]).Node("Pad", ["x", "pads"], "y", ("mode", "reflect"))),
        OperatorCase.Of("Trilu upper", 14, [2, 3, 4], model => model.Initializer("k", [], [1L]).Node("Trilu", ["x", "k"], "y")),
        OperatorCase.Of("Trilu lower", 14, [3, 4], model => model.Node("Trilu", ["x"], "y", ("upper", 0))),
    ];
}

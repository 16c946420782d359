namespace BatchXai.Onnx.Operators;

/// <summary>Shapes, layout and constants.</summary>
internal static class LayoutOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Reshape", 5, Reshape.Bind),
        new("Flatten", 1, Reshape.Flatten),
        new("Squeeze", 1, Reshape.Squeeze),
        new("Unsqueeze", 1, Reshape.Unsqueeze),
        new("Transpose", 1, Transpose.Bind),
        new("Concat", 4, Concat.Bind),
        new("Split", 2, Split.Bind),
        new("Slice", 1, Slice.Attributes),
        new("Slice", 10, Slice.Inputs),
        new("Expand", 8, Expand.Bind),
        new("Tile", 6, Expand.Tile),
        new("Pad", 2, Pad.Attributes),
        new("Pad", 11, Pad.Inputs),
        new("Shape", 1, Constants.Shape, Gradient.None),
        new("Size", 1, Constants.Size, Gradient.None),
        new("EyeLike", 9, Diagonals.EyeLike, Gradient.None),
        new("Trilu", 14, Diagonals.Triangle),
        new("Range", 11, Range.Bind, Gradient.None),
        new("Constant", 1, Constants.Constant, Gradient.None) { Limits = "text" },
        new("ConstantOfShape", 9, Constants.OfShape, Gradient.None),
        new("Identity", 1, _ => inputs => [Unary.Same(inputs)]),
    ];
}

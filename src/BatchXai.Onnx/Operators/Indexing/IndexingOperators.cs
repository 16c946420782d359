namespace BatchXai.Onnx.Operators;

/// <summary>Operators that choose elements by index, and that find indices.</summary>
internal static class IndexingOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Gather", 1, Gather.Bind),
        new("GatherElements", 11, GatherElements.Bind),
        new("GatherND", 11, GatherND.Bind),
        new("Scatter", 9, Scatter.Elements) { Until = 10 },
        new("ScatterElements", 11, Scatter.Elements),
        new("ScatterND", 11, Scatter.Tuples),
        new("TensorScatter", 24, TensorScatter.Bind),
        new("TopK", 1, TopK.Bind),
        new("OneHot", 9, OneHot.Bind),
        new("NonZero", 9, NonZero.Bind, Gradient.None),
        new("Compress", 9, NonZero.Compress),
        new("ReverseSequence", 10, ReverseSequence.Bind),
        new("Unique", 11, Unique.Bind),
    ];
}

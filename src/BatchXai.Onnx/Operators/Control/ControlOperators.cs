namespace BatchXai.Onnx.Operators;

/// <summary>Control flow, sequences and optional values.</summary>
internal static class ControlOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("If", 1, If.Bind),
        new("Loop", 1, Loop.Bind),
        new("Scan", 9, Scan.Bind),
        new("SequenceConstruct", 11, Sequences.Construct),
        new("SequenceEmpty", 11, Sequences.Empty),
        new("SequenceAt", 11, Sequences.At),
        new("SequenceInsert", 11, Sequences.Insert),
        new("SequenceErase", 11, Sequences.Erase),
        new("SequenceLength", 11, Sequences.Length, Gradient.None),
        new("SequenceMap", 17, SequenceMap.Bind),
        new("SplitToSequence", 11, SplitToSequence.Bind),
        new("ConcatFromSequence", 11, Sequences.Concat),
        new("Optional", 15, Optionals.Make),
        new("OptionalHasElement", 15, Optionals.Has, Gradient.None),
        new("OptionalGetElement", 15, Optionals.Get),
    ];
}

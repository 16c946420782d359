namespace BatchXai.Onnx.Operators;

/// <summary>
/// Operators of <c>com.microsoft.nchwc</c>. ONNX Runtime writes them at its highest optimization level; their weights are laid out for one kind of
/// processor. They are refused, with what to do instead.
/// </summary>
internal static class NchwcOperators
{
    private static readonly string[] Names = ["Conv", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "ReorderInput", "ReorderOutput", "Upsample"];

    public static IEnumerable<OperatorVariant> All => Names.Select(op => new OperatorVariant(op, 1, Refuse, Gradient.None) { Domain = "com.microsoft.nchwc", Limits = "everything" });

    private static Kernel Refuse(OperatorContext context)
        => throw new NotSupportedException("weights laid out for one processor; save the model from ONNX Runtime with graph_optimization_level ORT_ENABLE_BASIC, or take the original");
}

namespace BatchXai.Onnx.Operators;

/// <summary>Matrix products.</summary>
internal static class LinearOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Gemm", 7, Gemm.Bind),
        new("MatMul", 1, MatMul.Bind),
        new("Einsum", 12, Einsum.Bind),
        new("Det", 11, Unary.Of(x => Precision.AtLeastSingle(x, torch.linalg.det))),
    ];
}

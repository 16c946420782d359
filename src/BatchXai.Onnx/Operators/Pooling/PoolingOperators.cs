namespace BatchXai.Onnx.Operators;

/// <summary>Pooling over windows and whole images.</summary>
internal static class PoolingOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("MaxPool", 1, MaxPool.Bind),
        new("MaxUnpool", 9, MaxUnpool.Bind),
        new("AveragePool", 7, AveragePool.Bind),
        new("LpPool", 2, LpPool.Bind),
        new("GlobalAveragePool", 1, GlobalPool.Average),
        new("GlobalMaxPool", 1, GlobalPool.Max),
        new("GlobalLpPool", 2, LpPool.Global),
    ];
}

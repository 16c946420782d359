namespace BatchXai.Onnx.Operators;

/// <summary>Normalization, and Dropout, which does nothing at inference.</summary>
internal static class NormalizationOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("BatchNormalization", 7, BatchNormalization.Bind),
        new("InstanceNormalization", 6, InstanceNormalization.Bind),
        new("LayerNormalization", 17, LayerNormalization.Bind),
        new("LRN", 1, LocalResponseNormalization.Bind),
        new("SimplifiedLayerNormalization", 1, SimplifiedLayerNormalization.Bind),
        new("Dropout", 7, Dropout.Bind),
    ];
}

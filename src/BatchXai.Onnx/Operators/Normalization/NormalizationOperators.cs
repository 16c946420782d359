namespace BatchXai.Onnx.Operators;

/// <summary>Normalization, and Dropout, which does nothing at inference.</summary>
internal static class NormalizationOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("BatchNormalization", 7, BatchNormalization.Bind) { Limits = "training mode, spatial=0" },
        new("InstanceNormalization", 6, InstanceNormalization.Bind),

        // The standard has it from 17 on; ONNX Runtime writes it into older models when it optimizes them.
        new("LayerNormalization", 1, LayerNormalization.Bind),
        new("GroupNormalization", 18, GroupNormalization.PerGroup),
        new("GroupNormalization", 21, GroupNormalization.PerChannel),
        new("RMSNormalization", 23, RootMeanSquareNormalization.Bind),
        new("LpNormalization", 1, LpNormalization.Bind),
        new("MeanVarianceNormalization", 9, MeanVarianceNormalization.Bind),
        new("LRN", 1, LocalResponseNormalization.Bind),
        new("SimplifiedLayerNormalization", 1, SimplifiedLayerNormalization.Bind),
        new("Dropout", 7, Dropout.Bind) { Limits = "training mode" },
    ];
}

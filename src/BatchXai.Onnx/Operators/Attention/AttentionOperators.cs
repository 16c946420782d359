namespace BatchXai.Onnx.Operators;

/// <summary>Attention and its position embedding.</summary>
internal static class AttentionOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Attention", 23, Attention.Bind),
        new("RotaryEmbedding", 23, RotaryEmbedding.Bind),
    ];
}

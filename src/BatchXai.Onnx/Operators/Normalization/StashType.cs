namespace BatchXai.Onnx.Operators;

/// <summary>The precision in which a normalization computes its statistics: <c>stash_type</c>, by default single. It only ever widens.</summary>
internal static class StashType
{
    public static OnnxElementType Of(OnnxNode node)
    {
        var type = (OnnxElementType)node.Int("stash_type", (long)OnnxElementType.Float);
        return type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.BFloat16 or OnnxElementType.Float16
            ? type
            : throw new NotSupportedException($"stash_type={(long)type}");
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>batch × positions × (heads · features) to batch × heads × positions × features and back.</summary>
internal static class AttentionHeads
{
    public static Tensor Split(Tensor x, long heads)
    {
        using var split = x.reshape(x.shape[0], x.shape[1], heads, -1);
        return split.transpose(1, 2);
    }

    public static Tensor Join(Tensor x)
    {
        using var turned = x.transpose(1, 2);
        return turned.reshape(x.shape[0], x.shape[2], -1);
    }
}

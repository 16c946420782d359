namespace BatchXai.Onnx.Operators;

/// <summary>Hardmax: 1 at the first largest element along an axis, 0 elsewhere.</summary>
internal static class Hardmax
{
    public static Tensor Of(Tensor x, long axis)
    {
        using var position = x.argmax(axis, keepdim: true);
        using var zeros = torch.zeros_like(x);
        using var ones = torch.ones_like(x);
        return zeros.scatter(axis, position, ones);
    }
}

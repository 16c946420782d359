namespace BatchXai.Onnx.Operators;

/// <summary>Conversion between torch types.</summary>
internal static class Conversion
{
    /// <summary>The tensor in a type, in a handle of its own; copied only when it has another type.</summary>
    public static Tensor In(this Tensor x, torch.ScalarType type) => x.dtype == type ? x.alias() : x.to(type);
}

namespace BatchXai.Onnx;

/// <summary>A declared graph input or output.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="ElementType">Type of the elements, also of those within a sequence, an optional or a map; <see cref="OnnxElementType.Undefined"/> when it is not stated.</param>
/// <param name="Dims">Size of each axis, null where it is free. Empty when no shape is declared, the tensor is a scalar or it is not a tensor.</param>
public sealed record OnnxValueInfo(string Name, OnnxElementType ElementType, IReadOnlyList<long?> Dims)
{
    /// <summary>A tensor, or what holds tensors.</summary>
    public OnnxValueKind Kind { get; init; } = OnnxValueKind.Tensor;
}

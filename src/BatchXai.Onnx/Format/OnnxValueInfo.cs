namespace BatchXai.Onnx;

/// <summary>A declared graph input or output.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="ElementType">Type of the elements; <see cref="OnnxElementType.Undefined"/> when it is not a tensor (a sequence or map).</param>
/// <param name="Dims">Size of each axis, null where it is free. Empty when no shape is declared or the tensor is a scalar.</param>
public sealed record OnnxValueInfo(string Name, OnnxElementType ElementType, IReadOnlyList<long?> Dims);

namespace BatchXai.Onnx.Writing;

/// <summary>Writes a <c>TensorProto</c> or <c>SparseTensorProto</c>.</summary>
internal static class TensorWriter
{
    public static WireWriter Message(OnnxTensor tensor) => Head(tensor.Name, tensor.ElementType, tensor.Dims).Bytes(9, tensor.Data.Span);

    public static WireWriter External(string name, OnnxElementType type, IReadOnlyList<long> dims, ReadOnlySpan<(string Key, string Value)> entries)
    {
        var message = Head(name, type, dims).Int(14, 1);
        foreach (var (key, value) in entries)
        {
            message.Message(13, new WireWriter().Text(1, key).Text(2, value));
        }

        return message;
    }

    public static WireWriter Sparse(OnnxTensor values, OnnxTensor indices, IReadOnlyList<long> dims)
        => dims.Aggregate(new WireWriter().Message(1, Message(values)).Message(2, Message(indices)), (message, dim) => message.Int(3, dim));

    private static WireWriter Head(string name, OnnxElementType type, IReadOnlyList<long> dims)
        => dims.Aggregate(new WireWriter(), (message, dim) => message.Int(1, dim)).Int(2, (long)type).Text(8, name);
}

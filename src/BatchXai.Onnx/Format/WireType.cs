namespace BatchXai.Onnx.Format;

/// <summary>How a protobuf field is laid out on the wire (protobuf.dev/programming-guides/encoding).</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

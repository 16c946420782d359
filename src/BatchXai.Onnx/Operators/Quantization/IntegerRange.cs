namespace BatchXai.Onnx.Operators;

/// <summary>Smallest and largest value of the integer types that quantization uses.</summary>
internal static class IntegerRange
{
    public static (double Low, double High) Of(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt2 => (0, 3),
        OnnxElementType.Int2 => (-2, 1),
        OnnxElementType.UInt4 => (0, 15),
        OnnxElementType.Int4 => (-8, 7),
        OnnxElementType.UInt8 => (byte.MinValue, byte.MaxValue),
        OnnxElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        OnnxElementType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        OnnxElementType.Int16 => (short.MinValue, short.MaxValue),
        _ => throw new InvalidOperationException($"cannot quantize to {type}"),
    };
}

namespace BatchXai.Onnx.Format;

/// <summary>What the format needs to know of an element type.</summary>
internal static class ElementTypes
{
    /// <summary>Bits that one element takes in raw data; 0 where elements have no fixed size.</summary>
    public static int Bits(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt2 or OnnxElementType.Int2 => 2,
        OnnxElementType.UInt4 or OnnxElementType.Int4 or OnnxElementType.Float4E2M1 => 4,
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 8,
        >= OnnxElementType.Float8E4M3FN and <= OnnxElementType.Float8E5M2FNUZ or OnnxElementType.Float8E8M0 => 8,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 16,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 32,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Complex64 => 64,
        OnnxElementType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>Whether this is a floating-point type of 8 bits or fewer.</summary>
    public static bool IsSmallFloat(this OnnxElementType type) => type is >= OnnxElementType.Float8E4M3FN and <= OnnxElementType.Float8E5M2FNUZ
        or OnnxElementType.Float4E2M1 or OnnxElementType.Float8E8M0;

    /// <summary>Whether values of this type fit a signed 64-bit integer, as shapes, axes and flags do.</summary>
    public static bool IsInteger(this OnnxElementType type) => type is OnnxElementType.Bool
        or OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.UInt16 or OnnxElementType.Int16
        or OnnxElementType.Int32 or OnnxElementType.UInt32 or OnnxElementType.Int64 or OnnxElementType.UInt64
        or OnnxElementType.Int4 or OnnxElementType.UInt4 or OnnxElementType.Int2 or OnnxElementType.UInt2;

    /// <summary>Bytes of <paramref name="count"/> elements.</summary>
    public static long Bytes(this OnnxElementType type, long count) => checked((count * type.Bits() + 7) / 8);
}

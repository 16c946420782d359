using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Format;

/// <summary>Turns packed elements of the file into numbers. A destination has one place for each element.</summary>
internal static class ElementDecoder
{
    /// <summary>Elements of an integer type or bool, widened.</summary>
    public static void ToInt64(OnnxElementType type, ReadOnlySpan<byte> packed, Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                OnnxElementType.Int64 or OnnxElementType.UInt64 => BinaryPrimitives.ReadInt64LittleEndian(packed[(8 * i)..]),
                OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(packed[(4 * i)..]),
                OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(packed[(4 * i)..]),
                OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(packed[(2 * i)..]),
                OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(packed[(2 * i)..]),
                OnnxElementType.UInt8 => packed[i],
                OnnxElementType.Bool => packed[i] == 0 ? 0 : 1,
                OnnxElementType.UInt4 or OnnxElementType.UInt2 => Bits(packed, i, type.Bits()),
                OnnxElementType.Int4 or OnnxElementType.Int2 => Signed(Bits(packed, i, type.Bits()), type.Bits()),
                _ => (sbyte)packed[i],
            };
        }
    }

    /// <summary>Elements of a floating-point type; false when it is not one.</summary>
    public static bool ToSingle(OnnxElementType type, ReadOnlySpan<byte> packed, Span<float> values)
    {
        switch (type)
        {
            case OnnxElementType.Float:
                packed.CopyTo(MemoryMarshal.AsBytes(values));
                return true;
            case OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = type switch
                    {
                        OnnxElementType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(packed[(8 * i)..]),
                        OnnxElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(packed[(2 * i)..]),
                        _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(packed[(2 * i)..]) << 16),
                    };
                }

                return true;
            case var _ when type.IsSmallFloat():
                var table = SmallFloats.Table(type);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = table[Bits(packed, i, type.Bits())];
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Elements of an integer type below a byte, one a byte.</summary>
    public static void Unpack(OnnxElementType type, ReadOnlySpan<byte> packed, Span<byte> values)
    {
        var bits = type.Bits();
        var signed = type is OnnxElementType.Int4 or OnnxElementType.Int2;
        for (var i = 0; i < values.Length; i++)
        {
            var value = Bits(packed, i, bits);
            values[i] = unchecked((byte)(signed ? Signed(value, bits) : value));
        }
    }

    // The lowest bits of a byte come first.
    private static int Bits(ReadOnlySpan<byte> packed, int index, int bits)
        => (packed[(int)((long)index * bits / 8)] >> (index * bits % 8)) & ((1 << bits) - 1);

    private static int Signed(int value, int bits) => value >= 1 << (bits - 1) ? value - (1 << bits) : value;
}

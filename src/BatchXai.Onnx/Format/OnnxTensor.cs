using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx;

/// <summary>A constant tensor of the file: an initializer or a tensor attribute.</summary>
/// <param name="Name">Name; empty for most attributes.</param>
/// <param name="ElementType">Type of the elements.</param>
/// <param name="Dims">Size of each axis; empty for a scalar.</param>
/// <param name="Data">The elements, little-endian, row-major, densely packed. Empty for strings.</param>
public sealed record OnnxTensor(string Name, OnnxElementType ElementType, IReadOnlyList<long> Dims, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Dims.Aggregate(1L, (product, dim) => product * dim);

    /// <summary>The elements of an integer or boolean tensor, widened to 64 bits.</summary>
    /// <exception cref="OnnxFormatException">The tensor does not hold integers.</exception>
    public long[] ToInt64()
    {
        var bytes = Data.Span;
        return ElementType switch
        {
            OnnxElementType.Int64 or OnnxElementType.UInt64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            OnnxElementType.Int32 => Widen<long>(bytes, 4, b => BinaryPrimitives.ReadInt32LittleEndian(b)),
            OnnxElementType.UInt32 => Widen<long>(bytes, 4, b => BinaryPrimitives.ReadUInt32LittleEndian(b)),
            OnnxElementType.Int16 => Widen<long>(bytes, 2, b => BinaryPrimitives.ReadInt16LittleEndian(b)),
            OnnxElementType.UInt16 => Widen<long>(bytes, 2, b => BinaryPrimitives.ReadUInt16LittleEndian(b)),
            OnnxElementType.Int8 => Widen<long>(bytes, 1, b => (sbyte)b[0]),
            OnnxElementType.UInt8 => Widen<long>(bytes, 1, b => b[0]),
            OnnxElementType.Bool => Widen<long>(bytes, 1, b => b[0] == 0 ? 0 : 1),
            _ => throw new OnnxFormatException($"Tensor '{Name}' holds {ElementType} where integers are expected."),
        };
    }

    /// <summary>The elements of a floating-point tensor (16, 32 or 64 bits) as single precision.</summary>
    /// <exception cref="OnnxFormatException">The tensor does not hold floating-point numbers.</exception>
    public float[] ToSingle()
    {
        var bytes = Data.Span;
        return ElementType switch
        {
            OnnxElementType.Float => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            OnnxElementType.Double => Widen(bytes, 8, b => (float)BinaryPrimitives.ReadDoubleLittleEndian(b)),
            OnnxElementType.Float16 => Widen(bytes, 2, b => (float)BinaryPrimitives.ReadHalfLittleEndian(b)),
            OnnxElementType.BFloat16 => Widen(bytes, 2, b => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(b) << 16)),
            _ => throw new OnnxFormatException($"Tensor '{Name}' holds {ElementType} where floating-point numbers are expected."),
        };
    }

    private delegate T Read<out T>(ReadOnlySpan<byte> element);

    private static T[] Widen<T>(ReadOnlySpan<byte> bytes, int size, Read<T> read)
    {
        var values = new T[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.Slice(i * size, size));
        }

        return values;
    }
}

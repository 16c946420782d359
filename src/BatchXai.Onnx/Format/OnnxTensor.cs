using BatchXai.Onnx.Format;

namespace BatchXai.Onnx;

/// <summary>A constant tensor of the file: an initializer or a tensor attribute.</summary>
/// <param name="Name">Name; empty for most attributes.</param>
/// <param name="ElementType">Type of the elements.</param>
/// <param name="Dims">Size of each axis; empty for a scalar.</param>
/// <param name="Data">The elements, little-endian, row-major, densely packed; types below a byte from the lowest bits up. Empty for strings.</param>
public sealed record OnnxTensor(string Name, OnnxElementType ElementType, IReadOnlyList<long> Dims, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    /// <exception cref="OverflowException">There are more than 2⁶³.</exception>
    public long Count => Dims.Contains(0) ? 0 : Dims.Aggregate(1L, (product, dim) => checked(product * dim));

    /// <summary>The elements of an integer or boolean tensor, widened to 64 bits.</summary>
    /// <exception cref="OnnxFormatException">The tensor does not hold integers.</exception>
    public long[] ToInt64()
    {
        if (!ElementType.IsInteger())
        {
            throw new OnnxFormatException($"Tensor '{Name}' holds {ElementType} where integers are expected.");
        }

        var values = new long[Count];
        ElementDecoder.ToInt64(ElementType, Data.Span, values);
        GC.KeepAlive(this);
        return values;
    }

    /// <summary>The elements of a floating-point tensor (64 bits or fewer) as single precision.</summary>
    /// <exception cref="OnnxFormatException">The tensor does not hold floating-point numbers.</exception>
    public float[] ToSingle()
    {
        var values = new float[Count];
        if (!ElementDecoder.ToSingle(ElementType, Data.Span, values))
        {
            throw new OnnxFormatException($"Tensor '{Name}' holds {ElementType} where floating-point numbers are expected.");
        }

        GC.KeepAlive(this);
        return values;
    }
}

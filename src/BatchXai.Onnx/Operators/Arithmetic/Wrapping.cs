namespace BatchXai.Onnx.Operators;

/// <summary>
/// Integer results keep the lower bits of their type. Torch does so by itself, except for the types that travel in wider
/// ones: the unsigned ones of 16 and 32 bits and those of fewer than 8. The unsigned type of 64 bits shares its bits with
/// the signed one.
/// </summary>
internal static class Wrapping
{
    public static long Narrow(long value, OnnxElementType type) => type switch
    {
        OnnxElementType.Bool => value != 0 ? 1 : 0,
        OnnxElementType.UInt8 => unchecked((byte)value),
        OnnxElementType.Int8 => unchecked((sbyte)value),
        OnnxElementType.UInt16 => unchecked((ushort)value),
        OnnxElementType.Int16 => unchecked((short)value),
        OnnxElementType.UInt32 => unchecked((uint)value),
        OnnxElementType.Int32 => unchecked((int)value),
        _ => value,
    };

    /// <summary>Drops what is beyond the type; disposes <paramref name="wide"/> when it makes another tensor.</summary>
    public static Tensor Narrow(Tensor wide, OnnxElementType type)
    {
        if (Bits(type) is not { } bits || wide.is_floating_point())
        {
            return wide;
        }

        using var mask = torch.tensor((1L << bits) - 1, wide.dtype, wide.device);
        using var given = wide;
        var kept = given.bitwise_and(mask);
        if (type is not (OnnxElementType.Int4 or OnnxElementType.Int2))
        {
            return kept;
        }

        // Copies the sign bit upwards.
        using var unsigned = kept;
        using var sign = torch.tensor(1L << (bits - 1), wide.dtype, wide.device);
        using var flipped = unsigned.bitwise_xor(sign);
        return flipped.sub(sign);
    }

    /// <summary>Whether a torch type can hold more than the type that travels in it.</summary>
    public static bool IsNarrowerThanItsCarrier(OnnxElementType type) => Bits(type) is not null;

    private static int? Bits(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt32 => 32,
        OnnxElementType.UInt16 => 16,
        OnnxElementType.UInt4 or OnnxElementType.Int4 => 4,
        OnnxElementType.UInt2 or OnnxElementType.Int2 => 2,
        _ => null,
    };
}

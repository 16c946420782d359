namespace BatchXai.Onnx.Format;

/// <summary>Runs of protobuf's variable-length integers: seven bits a byte, the lowest first, the eighth bit set on all bytes but the last.</summary>
internal static class Varints
{
    private const int MaxBytes = 10;

    /// <summary>How many numbers end in these bytes.</summary>
    public static int Count(ReadOnlySpan<byte> encoded)
    {
        var count = 0;
        foreach (var next in encoded)
        {
            count += next < 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Gives each number in turn; false when one is cut off or longer than 64 bits.</summary>
    public static bool Each(ReadOnlySpan<byte> encoded, Action<long> take)
    {
        ulong value = 0;
        var length = 0;
        foreach (var next in encoded)
        {
            if (length == MaxBytes)
            {
                return false;
            }

            value |= (ulong)(next & 0x7F) << (7 * length++);
            if (next < 0x80)
            {
                take((long)value);
                (value, length) = (0, 0);
            }
        }

        return length == 0;
    }
}

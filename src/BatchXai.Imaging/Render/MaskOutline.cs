namespace BatchXai.Imaging;

/// <summary>Draws where a soft mask crosses one half: white on the inner pixels, black on the outer ones, so that it shows on any picture.</summary>
internal static class MaskOutline
{
    /// <summary>Into a picture, height × width × 3.</summary>
    public static void Draw(byte[] rgb, int width, int height, ReadOnlySpan<float> mask)
    {
        for (var at = 0; at < mask.Length; at++)
        {
            if (IsEdge(mask, at, width, height))
            {
                rgb.AsSpan(at * 3, 3).Fill(Level(mask[at]));
            }
        }
    }

    /// <summary>By itself, height × width × 4: everything else is transparent.</summary>
    public static byte[] Alone(int width, int height, ReadOnlySpan<float> mask)
    {
        var rgba = new byte[mask.Length * 4];
        for (var at = 0; at < mask.Length; at++)
        {
            if (IsEdge(mask, at, width, height))
            {
                rgba.AsSpan(at * 4, 3).Fill(Level(mask[at]));
                rgba[(at * 4) + 3] = 255;
            }
        }

        return rgba;
    }

    private static byte Level(float mask) => IsInside(mask) ? (byte)255 : (byte)0;

    private static bool IsInside(float mask) => mask >= 0.5f;

    private static bool IsEdge(ReadOnlySpan<float> mask, int at, int width, int height)
    {
        var (y, x) = Math.DivRem(at, width);
        var inside = IsInside(mask[at]);
        return (x > 0 && IsInside(mask[at - 1]) != inside) || (x < width - 1 && IsInside(mask[at + 1]) != inside)
            || (y > 0 && IsInside(mask[at - width]) != inside) || (y < height - 1 && IsInside(mask[at + width]) != inside);
    }
}

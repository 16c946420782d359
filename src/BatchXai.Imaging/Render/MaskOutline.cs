namespace BatchXai.Imaging;

/// <summary>Draws where a soft mask crosses one half: white on the inner pixels, black on the outer ones, so that it shows on any picture.</summary>
internal static class MaskOutline
{
    public static void Draw(byte[] rgb, int width, int height, ReadOnlySpan<float> mask)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                var inside = mask[at] >= 0.5f;
                if ((x > 0 && mask[at - 1] >= 0.5f != inside) || (x < width - 1 && mask[at + 1] >= 0.5f != inside)
                    || (y > 0 && mask[at - width] >= 0.5f != inside) || (y < height - 1 && mask[at + width] >= 0.5f != inside))
                {
                    rgb.AsSpan(at * 3, 3).Fill(inside ? (byte)255 : (byte)0);
                }
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace BatchXai.Imaging;

/// <summary>
/// Reads JPEG, PNG, WebP and BMP files, told by their content and not by their name. Untrusted input: sizes and limits are
/// checked before pixels are decoded, and whatever is not wholly readable is refused.
/// </summary>
public static class ImageDecoder
{
    /// <summary>
    /// Decodes a file to upright 8-bit RGB. The EXIF orientation is applied. Grey and palette images become RGB; 16-bit samples keep their
    /// upper 8 bits; CMYK and YCCK JPEGs are converted without a profile, inks inverted as Adobe writes them; embedded colour profiles are ignored, as
    /// training pipelines do. Transparent pixels are composited on white, as a browser shows them.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">Budgets; null: the defaults.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ImageRefusedException">Empty, of another format, truncated, damaged, animated, or over the limits.</exception>
    public static RgbImage Decode(ReadOnlyMemory<byte> bytes, ImageLimits? limits = null)
    {
        using var stored = StoredImage.Decode(bytes.Span, limits ?? new(), keepDepth: false);
        var upright = ExifOrientation.Of(stored.Orientation, stored.Bitmap.Width, stored.Bitmap.Height);
        var rgba = MemoryMarshal.Cast<byte, uint>(stored.Bitmap.GetPixelSpan());
        var rgb = stored.Opaque ? Opaque(rgba, upright) : OnWhite(rgba, upright);
        return new(upright.Width, upright.Height, rgb, stored.Orientation);
    }

    /// <summary>The size of the upright picture, without decoding its pixels.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">Budgets; null: the defaults.</param>
    /// <returns>Width and height in pixels.</returns>
    /// <exception cref="ImageRefusedException">As <see cref="Decode"/>, as far as the header and the file's structure tell.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlyMemory<byte> bytes, ImageLimits? limits = null) => StoredImage.ReadSize(bytes.Span, limits ?? new());

    private static byte[] Opaque(ReadOnlySpan<uint> rgba, ExifOrientation upright)
    {
        var rgb = new byte[upright.Width * upright.Height * 3];
        var at = 0;
        for (var y = 0; y < upright.Height; y++)
        {
            var from = upright.Origin + (y * upright.StepY);
            for (var x = 0; x < upright.Width; x++, from += upright.StepX, at += 3)
            {
                var pixel = rgba[from];
                rgb[at] = (byte)pixel;
                rgb[at + 1] = (byte)(pixel >> 8);
                rgb[at + 2] = (byte)(pixel >> 16);
            }
        }

        return rgb;
    }

    private static byte[] OnWhite(ReadOnlySpan<uint> rgba, ExifOrientation upright)
    {
        var rgb = new byte[upright.Width * upright.Height * 3];
        var at = 0;
        for (var y = 0; y < upright.Height; y++)
        {
            var from = upright.Origin + (y * upright.StepY);
            for (var x = 0; x < upright.Width; x++, from += upright.StepX, at += 3)
            {
                var pixel = rgba[from];
                var alpha = pixel >> 24;
                rgb[at] = OverWhite(pixel & 255, alpha);
                rgb[at + 1] = OverWhite((pixel >> 8) & 255, alpha);
                rgb[at + 2] = OverWhite((pixel >> 16) & 255, alpha);
            }
        }

        return rgb;
    }

    private static byte OverWhite(uint value, uint alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}

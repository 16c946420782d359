using System.Runtime.InteropServices;
using SkiaSharp;

namespace BatchXai.Imaging;

/// <summary>Encodes 8-bit pictures. PNGs take the cheapest useful setting (zlib level 1, filter Sub), which is several times faster than the default for little more space.</summary>
public static class PngWriter
{
    private static readonly SKPngEncoderOptions Cheap = new(SKPngEncoderFilterFlags.Sub, 1);

    /// <summary>Encodes RGB as PNG.</summary>
    /// <param name="rgb">Height × width × 3.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public static byte[] Rgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        using var bitmap = FromRgb(rgb, width, height);
        return Png(bitmap);
    }

    /// <summary>Encodes grey levels as PNG.</summary>
    /// <param name="grey">Height × width.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public static byte[] Grey(ReadOnlySpan<byte> grey, int width, int height)
    {
        CheckLength(grey.Length, width, height, 1);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var y = 0; y < height; y++)
        {
            grey.Slice(y * width, width).CopyTo(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, width));
        }

        return Png(bitmap);
    }

    /// <summary>Encodes RGB with transparency as PNG.</summary>
    /// <param name="rgba">Height × width × 4; colours are not multiplied by the last channel, 0 (transparent) … 255.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public static byte[] Rgba(ReadOnlySpan<byte> rgba, int width, int height)
    {
        CheckLength(rgba.Length, width, height, 4);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        rgba.CopyTo(bitmap.GetPixelSpan());
        return Png(bitmap);
    }

    internal static byte[] Jpeg(SKBitmap bitmap, int quality)
    {
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data?.ToArray() ?? throw new ArgumentException($"{bitmap.Width} × {bitmap.Height} pixels cannot be written as JPEG");
    }

    internal static SKBitmap FromRgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        CheckLength(rgb.Length, width, height, 3);
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = 0xFF000000u | ((uint)rgb[(3 * i) + 2] << 16) | ((uint)rgb[(3 * i) + 1] << 8) | rgb[3 * i];
        }

        return bitmap;
    }

    private static byte[] Png(SKBitmap bitmap)
    {
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(Cheap);
        return data?.ToArray() ?? throw new ArgumentException($"{bitmap.Width} × {bitmap.Height} pixels cannot be written as PNG");
    }

    private static void CheckLength(int length, int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (length != (long)width * height * channels)
        {
            throw new ArgumentException($"{length} bytes for {width} × {height} pixels of {channels} channels");
        }
    }
}

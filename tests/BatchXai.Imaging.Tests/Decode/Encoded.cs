using SkiaSharp;

namespace BatchXai.Imaging.Tests.Decode;

/// <summary>Files that an ordinary encoder writes, and what tests do to them.</summary>
internal static class Encoded
{
    public static byte[] Jpeg(int width, int height, Func<int, int, SKColor> colour, int quality = 95) => Encode(width, height, colour, SKEncodedImageFormat.Jpeg, quality);

    public static byte[] Png(int width, int height, Func<int, int, SKColor> colour) => Encode(width, height, colour, SKEncodedImageFormat.Png, 100);

    public static byte[] WebP(int width, int height, Func<int, int, SKColor> colour, bool lossless = true)
    {
        using var bitmap = Bitmap(width, height, colour);
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(new SKWebpEncoderOptions(lossless ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy, 90));
        return data!.ToArray();
    }

    /// <summary>A busy picture in which every part of the file matters.</summary>
    public static SKColor Noise(int x, int y)
    {
        var hash = unchecked((uint)((x * 73856093) ^ (y * 19349663)));
        hash = unchecked((hash ^ (hash >> 13)) * 1274126177);
        return new((byte)hash, (byte)(hash >> 8), (byte)(hash >> 16));
    }

    /// <summary>The same JPEG with an EXIF segment that says nothing but the orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            .. "Exif"u8, 0, 0,
            .. "MM"u8, 0, 42, 0, 0, 0, 8, // big-endian TIFF header, directory at 8
            0, 1, // one entry: tag 0x0112, SHORT, one value
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
            0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    private static byte[] Encode(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format, int quality)
    {
        using var bitmap = Bitmap(width, height, colour);
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(format, quality);
        return data!.ToArray();
    }

    private static SKBitmap Bitmap(int width, int height, Func<int, int, SKColor> colour)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var i = 0; i < width * height; i++)
        {
            bitmap.SetPixel(i % width, i / width, colour(i % width, i / width));
        }

        return bitmap;
    }
}

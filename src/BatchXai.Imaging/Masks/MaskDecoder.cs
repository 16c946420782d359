using System.Runtime.InteropServices;

namespace BatchXai.Imaging;

/// <summary>Reads mask files: object is what is neither black nor wholly transparent.</summary>
internal static class MaskDecoder
{
    public static PixelMask Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        var grey = SixteenBitGrey.Is(file);
        using var stored = StoredImage.Decode(grey ? SixteenBitGrey.AsGreyAndAlpha(file) : file, limits, keepDepth: true);
        if (!stored.Lossless)
        {
            throw new ImageRefusedException("a mask in a lossy format, whose background is not exactly zero; PNG, BMP and lossless WebP masks are accepted");
        }

        var span = stored.Bitmap.GetPixelSpan();
        var pixels = new byte[stored.Bitmap.Width * stored.Bitmap.Height];
        if (stored.Bitmap.BytesPerPixel == 8)
        {
            MarkHalves(MemoryMarshal.Cast<byte, Half>(span), pixels);
        }
        else
        {
            MarkBytes(MemoryMarshal.Cast<byte, uint>(span), pixels, grey);
        }

        return PixelMask.Owning(stored.Bitmap.Width, stored.Bitmap.Height, pixels).Orient(stored.Orientation);
    }

    private static void MarkBytes(ReadOnlySpan<uint> rgba, Span<byte> pixels, bool alphaIsLowByte)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            var (colour, alpha) = (rgba[i] & 0xFFFFFF, rgba[i] >> 24);
            pixels[i] = (alphaIsLowByte ? (colour | alpha) != 0 : colour != 0 && alpha != 0) ? (byte)1 : (byte)0;
        }
    }

    private static void MarkHalves(ReadOnlySpan<Half> rgba, Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            var pixel = rgba.Slice(i * 4, 4);
            pixels[i] = pixel[..3].ContainsAnyExcept(Half.Zero) && pixel[3] != Half.Zero ? (byte)1 : (byte)0;
        }
    }
}

using System.Buffers.Binary;
using SkiaSharp;

namespace BatchXai.Imaging;

/// <summary>Pixels as a file stores them, before the EXIF orientation is applied. Every check that a file must pass is here.</summary>
internal sealed class StoredImage : IDisposable
{
    private StoredImage(SKBitmap bitmap, int orientation, bool opaque, bool lossless) =>
        (Bitmap, Orientation, Opaque, Lossless) = (bitmap, orientation, opaque, lossless);

    /// <summary>RGBA, alpha not multiplied in.</summary>
    public SKBitmap Bitmap { get; }

    /// <summary>EXIF orientation, 1 … 8.</summary>
    public int Orientation { get; }

    /// <summary>The format has no alpha for this picture.</summary>
    public bool Opaque { get; }

    /// <summary>Pixels are stored exactly.</summary>
    public bool Lossless { get; }

    /// <summary>Decodes a file within the limits.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">Budgets.</param>
    /// <param name="keepDepth">16-bit files as half floats instead of 8 bits, so that small values do not become zero.</param>
    /// <exception cref="ImageRefusedException">With the reason.</exception>
    public static StoredImage Decode(ReadOnlySpan<byte> bytes, ImageLimits limits, bool keepDepth)
    {
        using var codec = Open(bytes, limits, out var deep, out var lossless);
        var name = NameOf(codec.EncodedFormat);

        // No colour space on the target: pixel values stay as stored, as training pipelines read them.
        var type = deep && keepDepth ? SKColorType.RgbaF16 : SKColorType.Rgba8888;
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, type, SKAlphaType.Unpremul);
        var bitmap = new SKBitmap();
        try
        {
            if (!bitmap.TryAllocPixels(info))
            {
                throw new ImageRefusedException($"{name} image of {info.Width} × {info.Height} pixels: not enough memory to decode it");
            }

            CheckDecoded(codec.GetPixels(info, bitmap.GetPixels()), name);
            return new(bitmap, (int)codec.EncodedOrigin, codec.Info.AlphaType == SKAlphaType.Opaque, lossless);
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    /// <summary>The size of the upright picture, from the header alone.</summary>
    /// <exception cref="ImageRefusedException">With the reason.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> bytes, ImageLimits limits)
    {
        using var codec = Open(bytes, limits, out _, out _);
        var upright = ExifOrientation.Of((int)codec.EncodedOrigin, codec.Info.Width, codec.Info.Height);
        return (upright.Width, upright.Height);
    }

    /// <inheritdoc/>
    public void Dispose() => Bitmap.Dispose();

    private static SKCodec Open(ReadOnlySpan<byte> bytes, ImageLimits limits, out bool deep, out bool lossless)
    {
        limits.CheckBytes(bytes.Length);
        var format = FileSignature.Recognise(bytes);
        (deep, lossless) = CheckStructure(bytes, format, limits);
        using var data = SKData.CreateCopy(bytes);
        var codec = SKCodec.Create(data) ?? throw new ImageRefusedException($"damaged, truncated or unusual {NameOf(format)} image: its header cannot be read");
        try
        {
            limits.CheckSize(NameOf(format), codec.Info.Width, codec.Info.Height);
            return codec;
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    private static (bool Deep, bool Lossless) CheckStructure(ReadOnlySpan<byte> bytes, SKEncodedImageFormat format, ImageLimits limits)
    {
        switch (format)
        {
            case SKEncodedImageFormat.Png:
                var png = PngStructure.Read(bytes);
                limits.CheckSize("PNG", png.Width, png.Height);
                CheckStill("PNG", png.Frames);
                CheckComplete("PNG", png.Complete);
                return (png.BitDepth == 16, true);

            case SKEncodedImageFormat.Webp:
                var webp = WebPStructure.Read(bytes);
                CheckStill("WebP", webp.Frames);
                CheckComplete("WebP", webp.Complete);
                return (false, webp.Lossless);

            case SKEncodedImageFormat.Bmp when bytes.Length >= 26 && bytes[14] >= 40:
                var height = BinaryPrimitives.ReadInt32LittleEndian(bytes[22..]);
                limits.CheckSize("BMP", BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]), Math.Abs((long)height));
                return (false, true);

            default:
                return (false, format == SKEncodedImageFormat.Bmp);
        }
    }

    private static void CheckStill(string format, long frames)
    {
        if (frames > 1)
        {
            throw new ImageRefusedException($"animated {format} image, {frames} frames; still images only");
        }
    }

    private static void CheckComplete(string format, bool complete)
    {
        if (!complete)
        {
            throw new ImageRefusedException($"truncated {format} image: the end of the file is missing");
        }
    }

    private static void CheckDecoded(SKCodecResult result, string format)
    {
        if (result != SKCodecResult.Success)
        {
            var what = result == SKCodecResult.IncompleteInput ? "truncated" : "damaged";
            throw new ImageRefusedException($"{what} {format} image: not all of its pixels can be decoded");
        }
    }

    private static string NameOf(SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Jpeg => "JPEG",
        SKEncodedImageFormat.Png => "PNG",
        SKEncodedImageFormat.Webp => "WebP",
        _ => "BMP",
    };
}

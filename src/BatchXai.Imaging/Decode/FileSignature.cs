using System.Text;
using SkiaSharp;

namespace BatchXai.Imaging;

/// <summary>Tells file formats by their first bytes; file names are not trusted.</summary>
internal static class FileSignature
{
    private static readonly (byte[] Bytes, int At, string Name)[] Others =
    [
        ("GIF8"u8.ToArray(), 0, "a GIF image"),
        ([0x49, 0x49, 0x2A, 0], 0, "a TIFF image"),
        ([0x4D, 0x4D, 0, 0x2A], 0, "a TIFF image"),
        ([0x49, 0x49, 0x2B, 0], 0, "a TIFF image"),
        ("ftypavif"u8.ToArray(), 4, "an AVIF image"),
        ("ftypavis"u8.ToArray(), 4, "an AVIF image"),
        ("ftyphe"u8.ToArray(), 4, "a HEIC image"),
        ("ftypmif1"u8.ToArray(), 4, "a HEIF image"),
        ("ftypmsf1"u8.ToArray(), 4, "a HEIF image"),
        ("ftyp"u8.ToArray(), 4, "an MP4 or QuickTime video"),
        ([0xFF, 0x0A], 0, "a JPEG XL image"),
        ([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20], 0, "a JPEG XL image"),
        ([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], 0, "a JPEG 2000 image"),
        ([0xFF, 0x4F, 0xFF, 0x51], 0, "a JPEG 2000 image"),
        ("8BPS"u8.ToArray(), 0, "a Photoshop image"),
        ([0, 0, 1, 0], 0, "an icon"),
        ("DICM"u8.ToArray(), 128, "a DICOM image"),
        ("%PDF"u8.ToArray(), 0, "a PDF document"),
        ("PK"u8.ToArray(), 0, "a ZIP archive"),
        ([0x1F, 0x8B], 0, "a gzip archive"),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], 0, "a NumPy array"),
        ("version https://git-lfs"u8.ToArray(), 0, "a Git LFS pointer, whose picture has not been fetched (git lfs pull)"),
    ];

    /// <summary>The format, when it is one that is accepted.</summary>
    /// <exception cref="ImageRefusedException">Any other, by its name where that is known.</exception>
    public static SKEncodedImageFormat Recognise(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return SKEncodedImageFormat.Jpeg;
        }

        if (file.StartsWith(PngStructure.Signature))
        {
            return SKEncodedImageFormat.Png;
        }

        if (file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..].StartsWith("WEBP"u8))
        {
            return SKEncodedImageFormat.Webp;
        }

        return file.StartsWith("BM"u8) ? SKEncodedImageFormat.Bmp : throw new ImageRefusedException($"{NameOf(file)}; {ImageRefusedException.Accepted}");
    }

    private static string NameOf(ReadOnlySpan<byte> file)
    {
        foreach (var (bytes, at, name) in Others)
        {
            if (file.Length > at && file[at..].StartsWith(bytes))
            {
                return name;
            }
        }

        var text = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 1024)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && text.Contains("<svg", StringComparison.OrdinalIgnoreCase)))
        {
            return "an SVG drawing";
        }

        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return "an HTML page";
        }

        return $"a file of an unknown format, {file.Length} bytes that start with {Convert.ToHexString(file[..Math.Min(file.Length, 8)])}";
    }
}

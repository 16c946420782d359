using SkiaSharp;
using Xunit;

namespace BatchXai.Imaging.Tests.Decode;

public sealed class TruncatedFileTests
{
    public static TheoryData<string> Formats => ["JPEG", "PNG", "WebP", "lossy WebP", "BMP"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_EveryPrefix_IsRefusedOrWhole(string format)
    {
        var file = FileOf(format);
        var whole = ImageDecoder.Decode(file).Pixels;
        var accepted = 0;
        for (var length = 0; length < file.Length; length++)
        {
            try
            {
                // A few bytes after the last pixel may be missing, but never a pixel.
                Assert.Equal(whole, ImageDecoder.Decode(file.AsMemory(0, length)).Pixels);
                accepted++;
            }
            catch (ImageRefusedException)
            {
                // The right answer.
            }
        }

        Assert.InRange(accepted, 0, 2);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_HalfAFile_SaysTruncated(string format)
    {
        var file = FileOf(format);
        var message = Assert.Throws<ImageRefusedException>(() => ImageDecoder.Decode(file.AsMemory(0, file.Length * 2 / 3))).Message;
        Assert.Contains($"truncated {format.Replace("lossy ", "", StringComparison.Ordinal)} image", message, StringComparison.Ordinal);
    }

    private static byte[] FileOf(string format) => format switch
    {
        "JPEG" => Encoded.Jpeg(24, 40, Encoded.Noise),
        "PNG" => Encoded.Png(24, 18, Encoded.Noise),
        "WebP" => Encoded.WebP(24, 18, Encoded.Noise),
        "lossy WebP" => Encoded.WebP(24, 18, Encoded.Noise, lossless: false),
        _ => BmpFile.Of(5, 4, [.. Enumerable.Range(1, 60).Select(i => (byte)(4 * i))]),
    };
}

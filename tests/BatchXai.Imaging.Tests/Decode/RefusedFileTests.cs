using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace BatchXai.Imaging.Tests.Decode;

public sealed class RefusedFileTests
{
    [Fact]
    public void Decode_EmptyFile_SaysSo() => Refused([], "empty file");

    [Theory]
    [InlineData("GIF89a..........", "a GIF image")]
    [InlineData("II*\0............", "a TIFF image")]
    [InlineData("\0\0\0\u0018ftypheic....", "a HEIC image")]
    [InlineData("\0\0\0\u0018ftypavif....", "an AVIF image")]
    [InlineData("%PDF-1.7", "a PDF document")]
    [InlineData("<!DOCTYPE html><html>", "an HTML page")]
    [InlineData("\u00EF\u00BB\u00BF\r\n<html>", "an HTML page")]
    [InlineData("<?xml version=\"1.0\"?>\n<svg xmlns=", "an SVG drawing")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "git lfs pull")]
    [InlineData("hello", "unknown format, 5 bytes that start with 68656C6C6F")]
    public void Decode_OtherFormat_IsNamed(string content, string expected) => Refused(Encoding.Latin1.GetBytes(content), expected, "JPEG, PNG, WebP and BMP");

    [Fact]
    public void Decode_HugePngHeader_IsRefusedByItsSize()
    {
        var file = PngFile.Of(50_000, 50_000, 8, PngFile.Rgb, [[0, 0, 0]]);
        Refused(file, "50000 × 50000", "16384");
        Refused(file, new ImageLimits { MaxSide = 60_000 }, "2500000000 pixels", "50000000");

        // Refused by the header, even where the rest is missing.
        Refused(file[..40], "50000 × 50000");
    }

    [Fact]
    public void Decode_HugeHeaderInOtherFormats_IsRefusedByItsSize()
    {
        Refused(BmpFile.Of(2, 2, new byte[12], claimedHeight: -200_000), "BMP", "2 × 200000");

        var jpeg = Encoded.Jpeg(8, 8, Encoded.Noise);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 20_000);
        Refused(jpeg, "JPEG", "8 × 20000");

        Refused(Encoded.WebP(40, 30, Encoded.Noise), new ImageLimits { MaxPixels = 1199 }, "WebP image of 40 × 30 = 1200 pixels");
    }

    [Fact]
    public void Decode_SizeAtTheLimits_Passes()
    {
        var file = Encoded.Png(40, 30, Encoded.Noise);
        Assert.Equal(40, ImageDecoder.Decode(file, new() { MaxPixels = 1200, MaxSide = 40, MaxBytes = file.Length }).Width);
        Refused(file, new ImageLimits { MaxBytes = file.Length - 1 }, $"{file.Length} bytes");
        Refused(file, new ImageLimits { MaxSide = 39 }, "40 × 30");
    }

    [Fact]
    public void Decode_NoPixels_IsRefused()
    {
        Refused(PngFile.Of(0, 0, 8, PngFile.Rgb, []), "PNG image of 0 × 0 pixels");
        Refused(BmpFile.Of(0, 0, []), "BMP image of 0 × 0 pixels");
    }

    [Fact]
    public void Decode_AnimatedPng_IsRefusedWithItsFrames()
    {
        byte[] twelve = [.. PngFile.BigEndian(12), .. PngFile.BigEndian(0)];
        Refused(PngFile.Of(1, 1, 8, PngFile.Grey, [[9]], ("acTL", twelve)), "animated PNG image, 12 frames; still images only");

        byte[] one = [.. PngFile.BigEndian(1), .. PngFile.BigEndian(0)];
        Assert.Equal(9, ImageDecoder.Decode(PngFile.Of(1, 1, 8, PngFile.Grey, [[9]], ("acTL", one))).Pixels[0]);
    }

    [Fact]
    public void Decode_AnimatedWebP_IsRefusedWithItsFrames()
    {
        // Extended header with the animation bit, then three (empty) frames.
        byte[] body = [.. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Frame(), .. Frame(), .. Frame()];
        byte[] file = [.. "RIFF"u8, (byte)body.Length, 0, 0, 0, .. body];
        Refused(file, "animated WebP image, 3 frames; still images only");

        static byte[] Frame() => [.. "ANMF"u8, 3, 0, 0, 0, 1, 2, 3, 0];
    }

    [Fact]
    public void Decode_DamagedPngData_IsRefused()
    {
        var file = Encoded.Png(64, 64, Encoded.Noise);
        var data = file.AsSpan().IndexOf("IDAT"u8);
        file.AsSpan(data + 100, 400).Fill(0xA5);
        Refused(file, "PNG image: not all of its pixels can be decoded");
    }

    [Fact]
    public void Decode_NoiseAfterEachSignature_IsRefusedAndNothingElse()
    {
        var random = new Random(7);
        byte[][] starts = [[0xFF, 0xD8, 0xFF, 0xE0], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [.. "RIFF"u8, 90, 0, 0, 0, .. "WEBPVP8 "u8], [.. "BM"u8]];
        for (var i = 0; i < 400; i++)
        {
            var rest = new byte[random.Next(300)];
            random.NextBytes(rest);
            Assert.Throws<ImageRefusedException>(() => ImageDecoder.Decode((byte[])[.. starts[i % starts.Length], .. rest]));
        }
    }

    private static void Refused(byte[] file, params string[] parts) => Refused(file, new(), parts);

    private static void Refused(byte[] file, ImageLimits limits, params string[] parts)
    {
        var message = Assert.Throws<ImageRefusedException>(() => ImageDecoder.Decode(file, limits)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}

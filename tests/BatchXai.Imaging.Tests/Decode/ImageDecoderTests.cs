using BatchXai.Testing;
using SkiaSharp;
using Xunit;

namespace BatchXai.Imaging.Tests.Decode;

public sealed class ImageDecoderTests
{
    [Fact]
    public void Decode_LosslessFormats_GivesExactPixels()
    {
        var expected = Rgb(13, 7, Encoded.Noise);
        foreach (var file in new[] { Encoded.Png(13, 7, Encoded.Noise), Encoded.WebP(13, 7, Encoded.Noise), BmpFile.Of(13, 7, expected), PngWriter.Rgb(expected, 13, 7) })
        {
            var image = ImageDecoder.Decode(file);
            Assert.Equal((13, 7, 1, false), (image.Width, image.Height, image.Orientation, image.Turned));
            Assert.Equal(expected, image.Pixels);
        }
    }

    [Fact]
    public void Decode_Jpeg_GivesPixelsWithinTheCodecsError()
    {
        var image = ImageDecoder.Decode(Encoded.Jpeg(32, 16, (x, _) => x < 16 ? SKColors.Red : SKColors.Blue, 100));
        Assert.Equal((32, 16), (image.Width, image.Height));
        AssertNear([254, 0, 0], image.Pixels.AsSpan(0, 3), 3);
        AssertNear([0, 0, 254], image.Pixels.AsSpan(31 * 3, 3), 3);
    }

    [Fact]
    public void Decode_TransparentPixels_AreCompositedOnWhite()
    {
        // Alpha 255, 128, 0 over white: c·a/255 + 255 − a.
        byte[] row = [200, 100, 0, 255, 200, 100, 0, 128, 200, 100, 0, 0];
        var image = ImageDecoder.Decode(PngFile.Of(3, 1, 8, PngFile.Rgba, [row]));
        Assert.Equal<byte>([200, 100, 0, 227, 177, 127, 255, 255, 255], image.Pixels);
    }

    [Fact]
    public void Decode_GreyPng_GivesEqualChannels() =>
        Assert.Equal<byte>([0, 0, 0, 77, 77, 77, 255, 255, 255], ImageDecoder.Decode(PngFile.Of(3, 1, 8, PngFile.Grey, [[0, 77, 255]])).Pixels);

    [Fact]
    public void Decode_GreyWriter_GivesItsLevelsBack() =>
        Assert.Equal<byte>([3, 3, 3, 250, 250, 250], ImageDecoder.Decode(PngWriter.Grey([3, 250], 1, 2)).Pixels);

    [Fact]
    public void Decode_PalettePng_GivesItsColours()
    {
        var file = PngFile.Of(3, 1, 8, PngFile.Palette, [[2, 0, 1]], ("PLTE", [10, 20, 30, 40, 50, 60, 70, 80, 90]));
        Assert.Equal<byte>([70, 80, 90, 10, 20, 30, 40, 50, 60], ImageDecoder.Decode(file).Pixels);
    }

    [Fact]
    public void Decode_SixteenBitPng_KeepsTheUpperEightBits()
    {
        var file = PngFile.Of(2, 1, 16, PngFile.Rgb, [[0x12, 0x00, 0x80, 0x00, 0xFF, 0xFF, 0, 0, 0x40, 0x00, 0xC0, 0x00]]);
        AssertNear([0x12, 0x80, 0xFF, 0, 0x40, 0xC0], ImageDecoder.Decode(file).Pixels, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Decode_FourComponentJpeg_ConvertsInvertedInks(byte transform)
    {
        // Adobe stores C = 255 − ink: red = C·K/255. YCCK holds 255 − C, here (55, 155, 205), as luma and chroma (BT.601), beside K as it is.
        byte[] stored = transform == 0 ? [200, 100, 50, 255] : [131, 170, 74, 255];
        var image = ImageDecoder.Decode(CmykJpegFile.Of(stored, transform));
        AssertNear([200, 100, 50], image.Pixels.AsSpan(0, 3), 2);
        stored[3] = 128;
        AssertNear([100, 50, 25], ImageDecoder.Decode(CmykJpegFile.Of(stored, transform)).Pixels.AsSpan(0, 3), 2);
    }

    [Fact]
    public void ReadSize_AnyFormat_IsTheSizeOfTheDecodedImage()
    {
        var turned = Encoded.WithOrientation(Encoded.Jpeg(30, 10, Encoded.Noise), 6);
        Assert.Equal((10, 30), ImageDecoder.ReadSize(turned));
        Assert.Equal((13, 7), ImageDecoder.ReadSize(Encoded.WebP(13, 7, Encoded.Noise)));
    }

    [Fact]
    public void Decode_RealPhotographsAndMasks_AgreeInSize()
    {
        var images = Directory.GetFiles(SharedData.PathOrSkip("caltech101/images/panda"), "*.jpg");
        Assert.NotEmpty(images);
        foreach (var path in images)
        {
            var image = ImageDecoder.Decode(File.ReadAllBytes(path));
            Assert.Equal((image.Width, image.Height), ImageDecoder.ReadSize(File.ReadAllBytes(path)));
            Assert.InRange(image.Pixels.Average(value => (double)value), 20, 250);

            var mask = PixelMask.Decode(File.ReadAllBytes(Path.ChangeExtension(path, ".png").Replace("images", "masks", StringComparison.Ordinal)));
            Assert.Equal((image.Width, image.Height), (mask.Width, mask.Height));
            Assert.InRange(mask.ObjectPixels, 1, (mask.Width * mask.Height) - 1);
        }
    }

    private static byte[] Rgb(int width, int height, Func<int, int, SKColor> colour) =>
        [.. Enumerable.Range(0, width * height).Select(i => colour(i % width, i / width)).SelectMany(c => (byte[])[c.Red, c.Green, c.Blue])];

    private static void AssertNear(byte[] expected, ReadOnlySpan<byte> actual, int tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }
}

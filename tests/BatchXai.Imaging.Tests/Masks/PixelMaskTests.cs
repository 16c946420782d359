using BatchXai.Imaging.Tests.Decode;
using SkiaSharp;
using Xunit;

namespace BatchXai.Imaging.Tests.Masks;

public sealed class PixelMaskTests
{
    [Fact]
    public void Decode_LosslessFormats_MarksEveryPixelThatIsNotBlack()
    {
        // One level of blue is enough.
        static SKColor Colour(int x, int y) => (x, y) == (2, 1) ? new(0, 0, 1) : SKColors.Black;
        var rgb = new byte[4 * 3 * 3];
        rgb[(((1 * 4) + 2) * 3) + 2] = 1;
        foreach (var file in new[] { Encoded.Png(4, 3, Colour), Encoded.WebP(4, 3, Colour), BmpFile.Of(4, 3, rgb) })
        {
            var mask = PixelMask.Decode(file);
            Assert.Equal((4, 3, 1), (mask.Width, mask.Height, mask.ObjectPixels));
            Assert.Equal(6, mask.Pixels.IndexOf((byte)1));
        }
    }

    [Fact]
    public void Decode_TransparentPixels_AreBackground() =>
        Assert.Equal<byte>([1, 1, 0, 0], PixelMask.Decode(PngFile.Of(4, 1, 8, PngFile.Rgba, [[9, 0, 0, 255, 9, 0, 0, 1, 9, 9, 9, 0, 0, 0, 0, 255]])).Pixels.ToArray());

    [Fact]
    public void Decode_PaletteMask_CountsColoursAndNotNumbers()
    {
        // Entry 0 is a colour, entry 1 is black.
        var file = PngFile.Of(3, 1, 8, PngFile.Palette, [[0, 1, 2]], ("PLTE", [128, 0, 0, 0, 0, 0, 0, 128, 0]));
        Assert.Equal<byte>([1, 0, 1], PixelMask.Decode(file).Pixels.ToArray());
    }

    [Fact]
    public void Decode_SixteenBitNumbers_CountWithAllTheirBits()
    {
        Assert.Equal<byte>([0, 1, 1, 1], PixelMask.Decode(PngFile.Of(4, 1, 16, PngFile.Grey, [[0, 0, 0, 1, 1, 0, 255, 255]])).Pixels.ToArray());
        Assert.Equal<byte>([0, 1], PixelMask.Decode(PngFile.Of(2, 1, 16, PngFile.Rgb, [[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]])).Pixels.ToArray());
    }

    [Fact]
    public void Decode_OneBitMask_IsAsDrawn() =>
        Assert.Equal<byte>([0, 1, 1, 0, 0, 0, 0, 1, 1], PixelMask.Decode(PngFile.Of(9, 1, 1, PngFile.Grey, [[0b0110_0001, 0b1000_0000]])).Pixels.ToArray());

    [Fact]
    public void Decode_LossyMask_IsRefusedByName()
    {
        foreach (var file in new[] { Encoded.Jpeg(8, 8, Encoded.Noise), Encoded.WebP(8, 8, Encoded.Noise, lossless: false) })
        {
            Assert.Contains("lossy", Assert.Throws<ImageRefusedException>(() => PixelMask.Decode(file)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FromBoxes_Overlapping_IsTheirUnion()
    {
        var mask = PixelMask.FromBoxes(6, 4, [(1, 1, 4, 3), (3, 2, 6, 4)]);
        Assert.Equal(6 + 6 - 1, mask.ObjectPixels);
        Assert.Equal<byte>([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1], mask.Pixels.ToArray());
    }

    [Theory]
    [InlineData(0.4, 2.6, new byte[] { 1, 1, 1, 0 })] // centres .5, 1.5, 2.5
    [InlineData(0.6, 2.4, new byte[] { 0, 1, 0, 0 })]
    [InlineData(1.6, 1.7, new byte[] { 0, 0, 1, 0 })] // no centre inside: one pixel all the same
    [InlineData(-5, 99, new byte[] { 1, 1, 1, 1 })]
    [InlineData(3.9, 9, new byte[] { 0, 0, 0, 1 })]
    [InlineData(4, 9, new byte[] { 0, 0, 0, 0 })] // beside the image
    public void FromBoxes_Edges_TakePixelsByTheirCentres(double left, double right, byte[] expected) =>
        Assert.Equal(expected, PixelMask.FromBoxes(4, 1, [(left, 0, right, 1)]).Pixels.ToArray());

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(0, double.PositiveInfinity)]
    public void FromBoxes_WithoutArea_IsRefused(double left, double right) =>
        Assert.Throws<ArgumentException>(() => PixelMask.FromBoxes(4, 4, [(left, 0, right, 1)]));
}

using System.Buffers.Binary;
using System.Text;
using SkiaSharp;
using Xunit;

namespace BatchXai.Imaging.Tests.Render;

public sealed class OverlayRendererTests
{
    [Fact]
    public void Render_FullOpacity_IsTheColourMapOfTheNormalisedMap()
    {
        // Grid and picture alike: no interpolation. Minimum −1 → 0, maximum 3 → 255, 1 → 128.
        var image = Picture(new byte[3 * 3], 3, 1, [-1, 1, 3], 1, 3, [], new() { Opacity = 1, Map = ColourMapName.Inferno });
        var table = ColourMap.Table(ColourMapName.Inferno);
        Assert.Equal([.. table[..3], .. table.Slice(128 * 3, 3), .. table[^3..]], image.Pixels);
    }

    [Fact]
    public void Render_NoOpacity_IsThePicture()
    {
        var rgb = Enumerable.Range(0, 60).Select(i => (byte)(i * 4)).ToArray();
        Assert.Equal(rgb, Picture(rgb, 5, 4, [1, 2, 3, 4], 2, 2, [], new() { Opacity = 0 }).Pixels);
    }

    [Fact]
    public void Render_HalfOpacity_IsTheMean()
    {
        var table = ColourMap.Table(ColourMapName.Viridis);
        var image = Picture([100, 100, 100, 0, 0, 0], 2, 1, [0, 1], 1, 2, [], new());
        Assert.Equal((100 + table[0] + 1) / 2, image.Pixels[0]);
        Assert.Equal((table[^3] + 1) / 2, image.Pixels[3]);
    }

    [Fact]
    public void Render_CoarseMap_IsEnlargedBetweenCellCentres()
    {
        // Two cells over eight pixels: centres at 2 and 6; pixel x at (x + ½): clamped 0, then steps of 1/4 from 1/8, then 1.
        var image = Picture(new byte[24], 8, 1, [0, 1], 1, 2, [], new() { Opacity = 1 });
        var table = ColourMap.Table(ColourMapName.Viridis).ToArray();
        int[] entries = [0, 0, 32, 96, 159, 223, 255, 255];
        Assert.Equal(entries.SelectMany(entry => table[(entry * 3)..((entry * 3) + 3)]), image.Pixels);
    }

    [Fact]
    public void Render_ConstantOrBrokenMap_IsDrawnAsLowest()
    {
        var lowest = ColourMap.Table(ColourMapName.Viridis)[..3].ToArray();
        Assert.Equal(lowest, Picture(new byte[3], 1, 1, [5], 1, 1, [], new() { Opacity = 1 }).Pixels);
        var image = Picture(new byte[9], 3, 1, [float.NaN, 1, 2], 1, 3, [], new() { Opacity = 1 });
        Assert.Equal([.. lowest, .. lowest], image.Pixels[..6]);
        Assert.Equal(ColourMap.Table(ColourMapName.Viridis)[^3..].ToArray(), image.Pixels[6..]);
    }

    [Fact]
    public void Render_Mask_IsOutlinedWhiteInsideAndBlackOutside()
    {
        var grey = Enumerable.Repeat((byte)100, 6 * 3).ToArray();
        var image = Picture(grey, 6, 1, [1], 1, 1, [0, 0.4f, 0.5f, 1, 1, 1], new() { Opacity = 0 });
        Assert.Equal<byte>([100, 0, 255, 100, 100, 100], image.Pixels.Where((_, i) => i % 3 == 0).ToArray());
    }

    [Fact]
    public void Render_Output_IsARgbPngWithoutAlpha()
    {
        var png = OverlayRenderer.Render(new byte[12], 2, 2, [1], 1, 1, []);
        Assert.Equal("IHDR", Encoding.ASCII.GetString(png, 12, 4));
        Assert.Equal((2, 8, 2), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), png[24], png[25]));
        Assert.Equal((8, 0), (PngWriter.Grey([1], 1, 1)[24], PngWriter.Grey([1], 1, 1)[25]));
    }

    [Fact]
    public void RenderImage_Output_IsAJpegNearThePicture()
    {
        var rgb = Enumerable.Repeat((byte)180, 16 * 8 * 3).ToArray();
        var jpeg = OverlayRenderer.RenderImage(rgb, 16, 8);
        Assert.Equal<byte>([0xFF, 0xD8, 0xFF], jpeg[..3]);
        var image = ImageDecoder.Decode(jpeg);
        Assert.Equal((16, 8), (image.Width, image.Height));
        Assert.All(image.Pixels, value => Assert.InRange(value, 177, 183));
    }

    [Fact]
    public void RenderHeatmap_Alone_IsTheColourMapOfTheNormalisedMap()
    {
        var image = ImageDecoder.Decode(OverlayRenderer.RenderHeatmap([-1, 1, 3], 1, 3, 3, 1, ColourMapName.Cividis));
        var table = ColourMap.Table(ColourMapName.Cividis);
        Assert.Equal([.. table[..3], .. table.Slice(128 * 3, 3), .. table[^3..]], image.Pixels);
    }

    [Fact]
    public void RenderOutline_Alone_IsTransparentButForTheEdge()
    {
        using var outline = SKBitmap.Decode(OverlayRenderer.RenderOutline([0, 0.4f, 0.5f, 1, 1, 1], 6, 1), new SKImageInfo(6, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Assert.Equal([0, 255, 255, 0, 0, 0], outline.Pixels.Select(pixel => (int)pixel.Alpha));
        Assert.Equal([0, 255], outline.Pixels[1..3].Select(pixel => (int)pixel.Red));
    }

    [Theory]
    [InlineData(400, 200, 160, 80)]
    [InlineData(100, 400, 40, 160)]
    [InlineData(32, 32, 32, 32)]
    public void RenderThumbnail_Size_KeepsTheProportionsAndIsNeverLarger(int width, int height, int expectedWidth, int expectedHeight)
    {
        var grey = Enumerable.Repeat((byte)100, width * height * 3).ToArray();
        var plain = ImageDecoder.Decode(OverlayRenderer.RenderThumbnail(grey, width, height, [], 0, 0, 160));
        Assert.Equal((expectedWidth, expectedHeight), (plain.Width, plain.Height));
        Assert.All(plain.Pixels, value => Assert.InRange(value, 97, 103));

        // Bright at the right end, as the whole picture is.
        var mixed = ImageDecoder.Decode(OverlayRenderer.RenderThumbnail(grey, width, height, [0, 0, 1], 1, 3, 160));
        Assert.True(mixed.Pixels[(expectedWidth - 1) * 3] > mixed.Pixels[0] + 50);
    }

    [Fact]
    public void RenderLegend_Strip_RunsThroughTheMap()
    {
        var legend = ImageDecoder.Decode(OverlayRenderer.RenderLegend(ColourMapName.Cividis, 256, 2));
        var table = ColourMap.Table(ColourMapName.Cividis).ToArray();
        Assert.Equal([.. table, .. table], legend.Pixels);
    }

    [Fact]
    public void Render_SizesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(new byte[11], 2, 2, [1], 1, 1, []));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(new byte[12], 2, 2, [1, 2], 1, 1, []));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(new byte[12], 2, 2, [1], 1, 1, [1]));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(new byte[12], 2, 2, [1], 1, 1, [], new() { Opacity = double.NaN }));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.RenderOutline([1], 2, 2));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.RenderThumbnail(new byte[11], 2, 2, [], 0, 0, 9));
    }

    private static RgbImage Picture(byte[] rgb, int width, int height, float[] map, int rows, int columns, float[] mask, OverlayOptions options) =>
        ImageDecoder.Decode(OverlayRenderer.Render(rgb, width, height, map, rows, columns, mask, options));
}

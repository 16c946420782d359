using Xunit;

namespace BatchXai.Imaging.Tests.Geometry;

public sealed class ImageGeometryTests
{
    [Fact]
    public void CenterCrop_Landscape_MapsAsResizeAndCropDo()
    {
        // 300 × 200 → 384 × 256 → the middle 224 × 224: 80 columns and 16 rows are cut off at the start.
        var geometry = ImageGeometry.CenterCrop(300, 200, 224, 224);
        Assert.Equal((300, 200, 224, 224), (geometry.SourceWidth, geometry.SourceHeight, geometry.InputWidth, geometry.InputHeight));
        Assert.Equal(300.0 / 384, geometry.ScaleX, 12);
        Assert.Equal(80 * 300.0 / 384, geometry.OffsetX, 12);
        Assert.Equal(16 * 200.0 / 256, geometry.OffsetY, 12);
        Assert.Equal(new PixelRect(0, 0, 224, 224), geometry.Content);
        Assert.Null(geometry.PaddingCoverage(7, 7));
    }

    [Theory]
    // torchvision: long side = int(shorter · long / short); start = round half to even of (resized − crop) / 2.
    [InlineData(500, 375, 256, 341, 58)] // (341 − 224) / 2 = 58.5 → 58
    [InlineData(301, 200, 256, 385, 80)] // (385 − 224) / 2 = 80.5 → 80
    [InlineData(200, 200, 227, 227, 2)] // 1.5 → 2
    public void CenterCrop_OddSizes_RoundsAsTorchvision(int width, int height, int shorter, int resized, int start)
    {
        var geometry = ImageGeometry.CenterCrop(width, height, 224, 224, shorter);
        Assert.Equal((double)width / resized, geometry.ScaleX, 12);
        Assert.Equal(start * (double)width / resized, geometry.OffsetX, 12);
    }

    [Fact]
    public void CenterCrop_CropLargerThanTheImage_PadsEvenly()
    {
        // Shorter side 100: 200 × 100 in 224 × 224 leaves 12 columns and 62 rows on either side.
        var geometry = ImageGeometry.CenterCrop(400, 200, 224, 224, 100);
        Assert.Equal(new PixelRect(12, 62, 200, 100), geometry.Content);
        Assert.Equal((2.0, -24.0, -124.0), (geometry.ScaleX, geometry.OffsetX, geometry.OffsetY));
    }

    [Fact]
    public void Squash_AnyImage_MapsEdgeToEdge()
    {
        var geometry = ImageGeometry.Squash(100, 50, 224, 112);
        Assert.Equal((100.0 / 224, 50.0 / 112, 0.0, 0.0), (geometry.ScaleX, geometry.ScaleY, geometry.OffsetX, geometry.OffsetY));
        Assert.False(geometry.HasPadding);
    }

    [Fact]
    public void Letterbox_Landscape_CentresTheImageAndPadsTheRest()
    {
        // 200 × 100 → 224 × 112; (224 − 112) / 2 = 56 rows above and below.
        var geometry = ImageGeometry.Letterbox(200, 100, 224, 224);
        Assert.Equal(new PixelRect(0, 56, 224, 112), geometry.Content);
        Assert.Equal(-50.0, geometry.OffsetY, 12);

        // Rows of 32: 0 … 32 all padding, 32 … 64 three quarters, then none.
        var coverage = geometry.PaddingCoverage(7, 2)!;
        Assert.Equal(14, coverage.Length);
        float[] rows = [1, 0.75f, 0, 0, 0, 0.75f, 1];
        Assert.All(Enumerable.Range(0, 14), i => Assert.Equal(rows[i / 2], coverage[i], 6));
    }

    [Fact]
    public void Letterbox_ExtremeImage_KeepsAtLeastOnePixel() =>
        Assert.Equal(new PixelRect(0, 15, 32, 1), ImageGeometry.Letterbox(10_000, 1, 32, 32).Content);

    [Fact]
    public void PaddingCoverage_AnyGrid_AddsUpToThePaddedArea()
    {
        var geometry = ImageGeometry.Letterbox(317, 199, 96, 128);
        var padded = 1 - ((double)geometry.Content.Width * geometry.Content.Height / (96 * 128));
        foreach (var (height, width) in new[] { (7, 7), (1, 1), (13, 5), (128, 96) })
        {
            Assert.Equal(padded, geometry.PaddingCoverage(height, width)!.Average(share => (double)share), 6);
        }
    }

    [Fact]
    public void Factories_SizesBelowOne_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageGeometry.Squash(0, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageGeometry.Letterbox(1, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageGeometry.CenterCrop(1, 1, 1, 1, 0));
    }
}

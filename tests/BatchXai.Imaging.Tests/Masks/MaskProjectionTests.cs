using Xunit;

namespace BatchXai.Imaging.Tests.Masks;

public sealed class MaskProjectionTests
{
    [Fact]
    public void Project_HalfTheImage_IsExactFractions()
    {
        // Object: columns 0 … 4 of 9, seen through a grid of 4 columns of 2.25 each: 1, 1 − .5/2.25, 0, 0.
        var mask = PixelMask.FromBoxes(9, 4, [(0, 0, 4, 4)]);
        var soft = mask.Project(ImageGeometry.Squash(9, 4, 18, 8), 2, 4);
        Assert.Equal([1, 1.75f / 2.25f, 0, 0, 1, 1.75f / 2.25f, 0, 0], soft, Near);
    }

    [Fact]
    public void Project_OnePixelOnACoarserAndAFinerGrid_SharesItsArea()
    {
        var pixels = new byte[6 * 6];
        pixels[(1 * 6) + 4] = 1;
        var mask = new PixelMask(6, 6, pixels);
        var geometry = ImageGeometry.Squash(6, 6, 12, 12);

        // Coarser, cells of 1.5: the pixel [4, 5] × [1, 2] lies over columns 2 (½) and 3 (½), rows 0 (½) and 1 (½).
        var coarse = new float[16];
        (coarse[2], coarse[3], coarse[6], coarse[7]) = (0.25f / 2.25f, 0.25f / 2.25f, 0.25f / 2.25f, 0.25f / 2.25f);
        Assert.Equal(coarse, mask.Project(geometry, 4, 4), Near);

        // Finer, cells of 0.4: columns 10, 11 whole, 12 half; rows 2 (half), 3, 4 whole.
        var fine = new float[15 * 15];
        foreach (var (x, across) in new[] { (10, 1f), (11, 1f), (12, 0.5f) })
        {
            foreach (var (y, down) in new[] { (2, 0.5f), (3, 1f), (4, 1f) })
            {
                fine[(y * 15) + x] = across * down;
            }
        }

        Assert.Equal(fine, mask.Project(geometry, 15, 15), Near);
    }

    [Fact]
    public void Project_CentreCrop_SeesOnlyTheMiddle()
    {
        // 8 × 4 → crop of the middle 4 × 4; the object is the left half, so it covers the crop's left half.
        var mask = PixelMask.FromBoxes(8, 4, [(0, 0, 4, 4)]);
        Assert.Equal([1, 0], mask.Project(ImageGeometry.CenterCrop(8, 4, 4, 4, 4), 1, 2), Near);
    }

    [Fact]
    public void Project_Letterbox_CountsPaddingAsBackground()
    {
        // A full mask and the padding are complements on every grid.
        var full = PixelMask.FromBoxes(317, 199, [(0, 0, 317, 199)]);
        var geometry = ImageGeometry.Letterbox(317, 199, 96, 128);
        foreach (var (height, width) in new[] { (7, 7), (128, 96), (5, 31) })
        {
            var padding = geometry.PaddingCoverage(height, width)!;
            var soft = full.Project(geometry, height, width);
            Assert.All(Enumerable.Range(0, soft.Length), i => Assert.Equal(1 - padding[i], soft[i], 1e-5f));
        }
    }

    public static TheoryData<string> Fits => ["crop", "padded crop", "squash", "letterbox"];

    [Theory]
    [MemberData(nameof(Fits))]
    public void Project_ThenBoxAverage_EqualsProjectToTheCoarserGrid(string fit)
    {
        var (mask, geometry) = (Blobs(313, 207), Geometry(fit, 313, 207));
        var fine = mask.Project(geometry, 224, 224);
        var coarse = mask.Project(geometry, 7, 7);
        for (var cell = 0; cell < 49; cell++)
        {
            var sum = 0.0;
            for (var i = 0; i < 32 * 32; i++)
            {
                sum += fine[(((cell / 7 * 32) + (i / 32)) * 224) + (cell % 7 * 32) + (i % 32)];
            }

            Assert.Equal(sum / (32 * 32), coarse[cell], 1e-5);
        }

        Assert.InRange(coarse.Average(), 0.05, 0.95);
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Project_AnyGrid_ConservesMass(string fit)
    {
        var (mask, geometry) = (Blobs(120, 91), Geometry(fit, 120, 91));
        var whole = mask.Project(geometry, 1, 1)[0];
        foreach (var (height, width) in new[] { (7, 7), (14, 9), (224, 224), (500, 3) })
        {
            Assert.Equal(whole, mask.Project(geometry, height, width).Average(value => (double)value), 1e-5);
        }

        if (fit is "squash")
        {
            Assert.Equal((double)mask.ObjectPixels / (120 * 91), whole, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Project_AnyGeometry_AgreesWithSumsOfOverlaps(string fit)
    {
        var (mask, geometry) = (Blobs(23, 17), Geometry(fit, 23, 17));
        var soft = mask.Project(geometry, 9, 11);
        for (var i = 0; i < soft.Length; i++)
        {
            Assert.Equal(Overlaps(mask, geometry, i / 11, 9, i % 11, 11), soft[i], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void BoxCoverage_OfWholePixels_EqualsTheProjectedMaskOfTheBox(string fit)
    {
        var geometry = Geometry(fit, 120, 91);
        var mask = PixelMask.FromBoxes(120, 91, [(13, 7, 80, 91)]).Project(geometry, 9, 11);
        var box = geometry.BoxCoverage(13, 7, 80, 91, 9, 11);
        Assert.All(Enumerable.Range(0, mask.Length), i => Assert.Equal(mask[i], box[i], 1e-5f));
        Assert.Equal(0, geometry.BoxCoverage(-20, -20, 0, 200, 9, 11).Sum()); // beside the picture
    }

    [Fact]
    public void Project_OtherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Blobs(10, 10).Project(ImageGeometry.Squash(10, 11, 4, 4), 2, 2));

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6;

    private static ImageGeometry Geometry(string fit, int width, int height) => fit switch
    {
        "crop" => ImageGeometry.CenterCrop(width, height, 224, 224),
        "padded crop" => ImageGeometry.CenterCrop(width, height, 224, 224, 180),
        "squash" => ImageGeometry.Squash(width, height, 224, 224),
        _ => ImageGeometry.Letterbox(width, height, 224, 224),
    };

    private static PixelMask Blobs(int width, int height)
    {
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Math.Sin(i % width * 0.21) + Math.Cos(i / width * 0.17) > 0.3 ? (byte)255 : (byte)0;
        }

        return new(width, height, pixels);
    }

    private static double Overlaps(PixelMask mask, ImageGeometry geometry, int row, int rows, int column, int columns)
    {
        var (left, right) = Edges(column, columns, geometry.InputWidth, geometry.ScaleX, geometry.OffsetX);
        var (top, bottom) = Edges(row, rows, geometry.InputHeight, geometry.ScaleY, geometry.OffsetY);
        var area = 0.0;
        for (var i = 0; i < mask.Pixels.Length; i++)
        {
            area += mask.Pixels[i] * Overlap(left, right, i % mask.Width) * Overlap(top, bottom, i / mask.Width);
        }

        return area / ((right - left) * (bottom - top));
    }

    private static (double From, double To) Edges(int cell, int cells, int input, double scale, double offset) =>
        (((double)cell * input / cells * scale) + offset, ((double)(cell + 1) * input / cells * scale) + offset);

    private static double Overlap(double from, double to, int pixel) => Math.Max(0, Math.Min(to, pixel + 1) - Math.Max(from, pixel));
}

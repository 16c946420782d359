using BatchXai.Attribution.Measures;

namespace BatchXai.Attribution.Tests.Measures;

/// <summary>Synthetic maps and masks.</summary>
internal static class Fields
{
    internal static float[] Fill(int height, int width, Func<double, double, double> value)
    {
        var field = new float[height * width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                field[(y * width) + x] = (float)value((y + .5) / height, (x + .5) / width);
            }
        }

        return field;
    }

    internal static float[] Uniform(int side) => Fill(side, side, (_, _) => 1);

    internal static float[] CentralGaussian(int side, double deviation) =>
        Fill(side, side, (y, x) => Math.Exp(-(((y - .5) * (y - .5)) + ((x - .5) * (x - .5))) / (2 * deviation * deviation)));

    /// <summary>A disc, area averaged from a 2 times finer grid; clipped at the view's edge.</summary>
    internal static float[] Disc(int side, double area, double centreY, double centreX)
    {
        var fine = Fill(2 * side, 2 * side, (y, x) => ((y - centreY) * (y - centreY)) + ((x - centreX) * (x - centreX)) < area / Math.PI ? 1 : 0);
        return AreaResampling.Average(fine, 2 * side, 2 * side, side, side);
    }

    internal static MaskBank Bank(int side, IEnumerable<(long Item, float[] Mask)> masks) => new(side,
    [
        .. masks.Select(mask => new MaskBankEntry(mask.Item, mask.Mask.Average(), Array.ConvertAll(mask.Mask, value => (byte)Math.Round(value * 255))))
            .OrderBy(entry => entry.Area),
    ]);

    internal static HeatmapMeasures Measure(float[] map, float[] mask, MaskBank? bank = null, long item = 0, float[]? padding = null)
    {
        var side = (int)Math.Sqrt(map.Length);
        return FocusMeasurer.Measure(map, side, side, mask, bank, item, padding);
    }
}

namespace BatchXai.Attribution.Measures;

/// <summary>Exact area resampling between grids over the same view: cells that overlap in part count in part.</summary>
public static class AreaResampling
{
    /// <summary>Area averages of a field of height × width cells at a smaller (or equal) grid, row by row; keeps the mean.</summary>
    public static float[] Average(ReadOnlySpan<float> field, int height, int width, int toHeight, int toWidth) =>
        Resample(field, height, width, toHeight, toWidth, (double)toHeight * toWidth);

    /// <summary>Sums of a density's mass at a smaller (or equal) grid; keeps the total.</summary>
    internal static float[] Sum(ReadOnlySpan<float> mass, int height, int width, int toHeight, int toWidth) =>
        Resample(mass, height, width, toHeight, toWidth, (double)height * width);

    private static float[] Resample(ReadOnlySpan<float> source, int height, int width, int toHeight, int toWidth, double scale)
    {
        var rows = Overlaps(height, toHeight);
        var columns = Overlaps(width, toWidth);
        var narrow = new double[height * toWidth];
        for (var y = 0; y < height; y++)
        {
            foreach (var (from, to, share) in columns)
            {
                narrow[(y * toWidth) + to] += share * source[(y * width) + from];
            }
        }

        var sums = new double[toHeight * toWidth];
        foreach (var (from, to, share) in rows)
        {
            for (var x = 0; x < toWidth; x++)
            {
                sums[(to * toWidth) + x] += share * narrow[(from * toWidth) + x];
            }
        }

        return Array.ConvertAll(sums, sum => (float)(sum * scale));
    }

    /// <summary>Lengths of the overlaps between the cells of two divisions of the unit interval, from exact integer arithmetic.</summary>
    private static List<(int From, int To, double Length)> Overlaps(int cells, int toCells)
    {
        var overlaps = new List<(int, int, double)>();
        long unit = (long)cells * toCells;
        for (long at = 0; at < unit;)
        {
            var from = (int)(at / toCells);
            var to = (int)(at / cells);
            var end = Math.Min((from + 1L) * toCells, (to + 1L) * cells);
            overlaps.Add((from, to, (double)(end - at) / unit));
            at = end;
        }

        return overlaps;
    }
}

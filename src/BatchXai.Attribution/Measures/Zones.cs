namespace BatchXai.Attribution.Measures;

/// <summary>
/// Mass in fixed zones of the view, without a mask. A cell counts by the exact share of it that a zone covers, so that a uniform map scores
/// the zone's area on every grid, 7×7 too. All zones are products of one-dimensional intervals.
/// </summary>
internal static class Zones
{
    private const double RingWidth = .1;
    private const double CornerSide = .2;
    private static readonly double CentreMargin = (1 - Math.Sqrt(.5)) / 2;

    /// <summary>Shares of a⁺ in the zones.</summary>
    internal static ZoneShares Shares(ReadOnlySpan<float> map, int height, int width)
    {
        var rows = Cover(height);
        var columns = height == width ? rows : Cover(width);
        double all = 0, centre = 0, inner = 0, topLeft = 0, topRight = 0, bottomLeft = 0, bottomRight = 0;
        for (var y = 0; y < height; y++)
        {
            var row = rows[y];
            for (var x = 0; x < width; x++)
            {
                double positive = Math.Max(map[(y * width) + x], 0);
                var column = columns[x];
                all += positive;
                centre += positive * row.Centre * column.Centre;
                inner += positive * row.Inner * column.Inner;
                topLeft += positive * row.Start * column.Start;
                topRight += positive * row.Start * column.End;
                bottomLeft += positive * row.End * column.Start;
                bottomRight += positive * row.End * column.End;
            }
        }

        return new(centre / all, 1 - Math.Min(inner / all, 1), topLeft / all, topRight / all, bottomLeft / all, bottomRight / all);
    }

    private static (double Centre, double Inner, double Start, double End)[] Cover(int cells)
    {
        var cover = new (double, double, double, double)[cells];
        for (var i = 0; i < cells; i++)
        {
            cover[i] = (
                Covered(i, cells, CentreMargin, 1 - CentreMargin),
                Covered(i, cells, RingWidth, 1 - RingWidth),
                Covered(i, cells, 0, CornerSide),
                Covered(i, cells, 1 - CornerSide, 1));
        }

        return cover;
    }

    /// <summary>Share of cell <paramref name="i"/> of <paramref name="cells"/> that lies in the interval.</summary>
    private static double Covered(int i, int cells, double from, double to) =>
        Math.Max(0, Math.Min((i + 1.0) / cells, to) - Math.Max((double)i / cells, from)) * cells;
}

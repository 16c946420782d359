namespace BatchXai.Imaging;

/// <summary>
/// Exact area averages of a binary mask over a grid. The mask is constant on each pixel, so its integral along a row is piecewise linear in the prefix sums,
/// and rows add up with the length of their overlap with the cell.
/// </summary>
internal static class MaskProjection
{
    public static float[] Project(ReadOnlySpan<byte> pixels, int width, CellRange[] columns, CellRange[] rows)
    {
        var sums = new double[rows.Length * columns.Length];
        var (prefix, line) = (new int[width + 1], new double[columns.Length]);
        var firstCell = 0;
        for (var y = (int)rows[0].From; y < rows[^1].To; y++)
        {
            while (firstCell < rows.Length && rows[firstCell].To <= y)
            {
                firstCell++;
            }

            var row = pixels.Slice(y * width, width);
            if (!row.Contains((byte)1))
            {
                continue;
            }

            Integrate(row, prefix, columns, line);
            for (var cell = firstCell; cell < rows.Length && rows[cell].From < y + 1; cell++)
            {
                var overlap = Math.Min(rows[cell].To, y + 1) - Math.Max(rows[cell].From, y);
                Add(line, overlap, sums.AsSpan(cell * columns.Length, columns.Length));
            }
        }

        var area = rows[0].Length * columns[0].Length;
        return Array.ConvertAll(sums, sum => (float)Math.Clamp(sum / area, 0, 1));
    }

    private static void Integrate(ReadOnlySpan<byte> row, int[] prefix, CellRange[] columns, double[] line)
    {
        for (var x = 0; x < row.Length; x++)
        {
            prefix[x + 1] = prefix[x] + row[x];
        }

        for (var i = 0; i < columns.Length; i++)
        {
            line[i] = UpTo(columns[i].To, row, prefix) - UpTo(columns[i].From, row, prefix);
        }
    }

    private static double UpTo(double x, ReadOnlySpan<byte> row, int[] prefix)
    {
        var whole = (int)x;
        return whole >= row.Length ? prefix[row.Length] : prefix[whole] + ((x - whole) * row[whole]);
    }

    private static void Add(double[] line, double weight, Span<double> sums)
    {
        for (var i = 0; i < line.Length; i++)
        {
            sums[i] += line[i] * weight;
        }
    }
}

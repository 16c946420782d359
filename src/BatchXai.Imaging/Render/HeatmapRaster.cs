namespace BatchXai.Imaging;

/// <summary>A heatmap as picture: brought to 0 … 1 by its own minimum and maximum, and enlarged bilinearly with align_corners = false.</summary>
internal sealed class HeatmapRaster
{
    private readonly float[] _map;
    private readonly float[] _line;
    private readonly int _gridWidth;
    private readonly (int Low, int High, float Part)[] _columns;
    private readonly (int Low, int High, float Part)[] _rows;

    public HeatmapRaster(ReadOnlySpan<float> heatmap, int gridHeight, int gridWidth, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gridHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gridWidth, 1);
        if (heatmap.Length != (long)gridHeight * gridWidth)
        {
            throw new ArgumentException($"a heatmap of {heatmap.Length} values for a grid of {gridHeight} × {gridWidth}", nameof(heatmap));
        }

        (_map, _line, _gridWidth) = (Normalise(heatmap), new float[gridWidth], gridWidth);
        (_columns, _rows) = (Axis(gridWidth, width), Axis(gridHeight, height));
    }

    /// <summary>Writes row <paramref name="y"/> of the picture: entries of a colour table, 0 … 255.</summary>
    public void Row(int y, Span<byte> entries)
    {
        var (top, bottom, down) = _rows[y];
        for (var i = 0; i < _line.Length; i++)
        {
            _line[i] = 255 * Between(_map[(top * _gridWidth) + i], _map[(bottom * _gridWidth) + i], down);
        }

        for (var x = 0; x < entries.Length; x++)
        {
            var (left, right, across) = _columns[x];
            entries[x] = (byte)(int)(Between(_line[left], _line[right], across) + 0.5f);
        }
    }

    /// <summary>(a − min) / (max − min) over the finite values; a constant map is all 0, and so is what is not finite.</summary>
    public static float[] Normalise(ReadOnlySpan<float> heatmap)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in heatmap)
        {
            if (float.IsFinite(value))
            {
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }

        var normal = new float[heatmap.Length];
        for (var i = 0; i < normal.Length && most > least; i++)
        {
            normal[i] = float.IsFinite(heatmap[i]) ? (float)((heatmap[i] - least) / (most - least)) : 0;
        }

        return normal;
    }

    private static (int Low, int High, float Part)[] Axis(int cells, int pixels)
    {
        var axis = new (int, int, float)[pixels];
        for (var i = 0; i < pixels; i++)
        {
            var at = Math.Clamp(((i + 0.5) * cells / pixels) - 0.5, 0, cells - 1);
            axis[i] = ((int)at, Math.Min((int)at + 1, cells - 1), (float)(at - (int)at));
        }

        return axis;
    }

    private static float Between(float a, float b, float part) => a + ((b - a) * part);
}

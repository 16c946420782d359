namespace BatchXai.Coordinator.Aggregate;

/// <summary>The grid on which heatmaps of one size are put together.</summary>
/// <param name="sourceHeight">Rows of the heatmaps.</param>
/// <param name="sourceWidth">Their columns.</param>
/// <param name="finest">Most rows and columns of the grid: finer heatmaps are pooled, square by square. The last squares may be cut off.</param>
internal sealed class MapGrid(int sourceHeight, int sourceWidth, int finest)
{
    private readonly int side = (Math.Max(sourceHeight, sourceWidth) + finest - 1) / finest;

    public int Height => (sourceHeight + side - 1) / side;

    public int Width => (sourceWidth + side - 1) / side;

    /// <summary>Whether a heatmap is of this size.</summary>
    public bool Takes(StoredMap map) => (map.Height, map.Width) == (sourceHeight, sourceWidth);

    /// <summary>Share of each cell in the heatmap's positive values; null: it has none, and says nothing.</summary>
    public float[]? Shares(StoredMap map)
    {
        var mass = 0.0;
        foreach (var value in map.Values)
        {
            mass += Math.Max(value, 0);
        }

        if (!(mass > 0 && double.IsFinite(mass)))
        {
            return null;
        }

        var shares = new float[Height * Width];
        for (var i = 0; i < map.Values.Length; i++)
        {
            var (y, x) = Math.DivRem(i, sourceWidth);
            shares[(y / side * Width) + (x / side)] += (float)(Math.Max(map.Values[i], 0) / mass);
        }

        return shares;
    }
}

/// <summary>A heatmap as it was stored.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Values, row by row.</param>
internal sealed record StoredMap(int Height, int Width, float[] Values);

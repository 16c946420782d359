namespace BatchXai.Imaging;

/// <summary>What one row or column of a grid over the input covers of the source: [From, To], cut to the image, and the length of the whole cell, in source pixels.</summary>
internal readonly record struct CellRange(double From, double To, double Length)
{
    /// <summary>Share of the whole cell that lies between two places of the source.</summary>
    public double ShareWithin(double from, double to) => Math.Max(0, Math.Min(To, to) - Math.Max(From, from)) / Length;

    /// <summary>The ranges of <paramref name="cells"/> equal cells over the input.</summary>
    public static CellRange[] Grid(AxisMapping axis, int cells)
    {
        var ranges = new CellRange[cells];
        var length = axis.Scale * axis.Input / cells;
        for (var i = 0; i < cells; i++)
        {
            ranges[i] = new(Edge(i), Math.Max(Edge(i), Edge(i + 1)), length);
        }

        return ranges;

        double Edge(int i) => Math.Clamp(((double)i * axis.Input / cells * axis.Scale) + axis.Offset, 0, axis.Source);
    }
}

namespace BatchXai.Attribution.Measures;

/// <summary>The masks of a bank at one grid, with their areas there.</summary>
internal sealed class BankGrid
{
    private readonly float[] masks;
    private readonly double[] areas;
    private readonly int cells;

    private BankGrid(float[] masks, double[] areas, int cells) => (this.masks, this.areas, this.cells) = (masks, areas, cells);

    /// <summary>E(a, m_j)/p_j for a map at this grid. p_j is the mean of the stored mask itself, so that a uniform map gives exactly 1.</summary>
    internal double EnergyPerArea(ReadOnlySpan<float> map, int mask) =>
        Energy.Inside(map, masks.AsSpan(mask * cells, cells)) / areas[mask];

    internal static BankGrid Shrink(IReadOnlyList<MaskBankEntry> entries, int grid, int height, int width)
    {
        var cells = height * width;
        var masks = new float[entries.Count * cells];
        var areas = new double[entries.Count];
        for (var j = 0; j < entries.Count; j++)
        {
            var soft = Array.ConvertAll(entries[j].Mask, value => value / 255f);
            var shrunk = AreaResampling.Average(soft, grid, grid, height, width);
            shrunk.CopyTo(masks, j * cells);
            areas[j] = shrunk.Average(value => (double)value);
        }

        return new BankGrid(masks, areas, cells);
    }
}

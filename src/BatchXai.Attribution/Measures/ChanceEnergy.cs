namespace BatchXai.Attribution.Measures;

/// <summary>
/// E₀: the energy that the same map would have inside masks of the same size that have nothing to do with it. It removes object area,
/// centre bias and blob shape at once (the "shuffled" correction of Borji et al. 2013, with masks matched by area).
/// </summary>
internal static class ChanceEnergy
{
    private const int Masks = 30;
    private const int FewestMasks = 20;
    private const int ShiftGrid = 56;

    // A mask of another size says little about this one, and the scale p/p_j then lifts E₀ beyond 1.
    private const double LargestFactor = 2;

    /// <summary>The largest E₀; a map that reaches it lands on the object wherever it looks, and has no κ.</summary>
    internal const double Cap = .99;

    /// <summary>
    /// Mean over the 30 masks j of other items nearest in log area (at most twice or half the area) of E(a, m_j)·p/p_j, at most .99. With fewer
    /// than 20 such masks the item's own mask at shifted places serves instead. Null when the grid has a single cell.
    /// </summary>
    internal static double? Of(ReadOnlySpan<float> map, int height, int width, ReadOnlySpan<float> mask, double area, MaskBank? bank, long item)
    {
        var nearest = bank?.Nearest(area, item, Masks, LargestFactor) ?? [];
        var chance = nearest.Count >= FewestMasks
            ? FromBank(map, height, width, area, bank!, nearest)
            : FromShifts(map, height, width, mask);
        return chance is { } energy ? Math.Min(energy, Cap) : null;
    }

    private static double FromBank(ReadOnlySpan<float> map, int height, int width, double area, MaskBank bank, List<int> nearest)
    {
        var (rows, columns) = (Math.Min(height, bank.Grid), Math.Min(width, bank.Grid));
        var pooled = Pool(map, height, width, rows, columns);
        var grid = bank.At(rows, columns);
        double sum = 0;
        foreach (var j in nearest)
        {
            sum += grid.EnergyPerArea(pooled, j) * area;
        }

        return sum / nearest.Count;
    }

    private static double? FromShifts(ReadOnlySpan<float> map, int height, int width, ReadOnlySpan<float> mask)
    {
        var (rows, columns) = (Math.Min(height, ShiftGrid), Math.Min(width, ShiftGrid));
        var pooled = Pool(map, height, width, rows, columns);
        var small = AreaResampling.Average(mask, height, width, rows, columns);
        var shifted = new float[small.Length];
        double sum = 0;
        var shifts = ToroidalShifts.Spread(rows, columns, Masks);
        foreach (var (down, right) in shifts)
        {
            ToroidalShifts.Shift(small, rows, columns, down, right, shifted);
            sum += Energy.Inside(pooled, shifted);
        }

        return shifts.Count == 0 ? null : sum / shifts.Count;
    }

    /// <summary>a⁺, in units of its maximum, summed by area to the grid: no evidence is lost or moved out of its place.</summary>
    private static float[] Pool(ReadOnlySpan<float> map, int height, int width, int rows, int columns)
    {
        var maximum = 0f;
        foreach (var value in map)
        {
            maximum = Math.Max(maximum, value);
        }

        var positive = new float[map.Length];
        for (var i = 0; i < map.Length; i++)
        {
            positive[i] = Math.Max(map[i], 0) / maximum;
        }

        return rows == height && columns == width ? positive : AreaResampling.Sum(positive, height, width, rows, columns);
    }
}

namespace BatchXai.Statistics;

/// <summary>
/// Control of the false discovery rate over a family of tests (Benjamini and Hochberg 1995, J. R. Statist. Soc. B 57, 289–300): of the findings,
/// at most a share q is expected to be false.
/// </summary>
public static class BenjaminiHochberg
{
    /// <summary>
    /// The smallest q at which each test is a finding: min over the ranks j ≥ i of p₍ⱼ₎·m/j, at most 1, in the order given. A test is a finding at q
    /// when its adjusted p is ≤ q.
    /// </summary>
    /// <param name="p">P-values, 0 … 1.</param>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var places = new int[sorted.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(sorted, places);
        var adjusted = new double[sorted.Length];
        var smallest = 1.0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, sorted[i] * ((double)sorted.Length / (i + 1)));
            adjusted[places[i]] = smallest;
        }

        return adjusted;
    }
}

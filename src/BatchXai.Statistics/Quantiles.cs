namespace BatchXai.Statistics;

/// <summary>Sample quantiles, linear between order statistics (type 7 of Hyndman and Fan 1996: the default of numpy and R).</summary>
public static class Quantiles
{
    /// <summary>The q-quantile of values in ascending order.</summary>
    /// <param name="sorted">Values, ascending, at least one.</param>
    /// <param name="q">0 … 1.</param>
    /// <exception cref="ArgumentException">No values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">q outside 0 … 1.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double q)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("At least one value was expected.", nameof(sorted));
        }

        if (!(q >= 0 && q <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "A share between 0 and 1 was expected.");
        }

        var place = q * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>The median of values in any order; null when there are none. Copies the values.</summary>
    public static double? Median(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + (double)sorted[half]) / 2;
    }
}

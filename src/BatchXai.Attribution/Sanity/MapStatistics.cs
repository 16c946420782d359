namespace BatchXai.Attribution.Sanity;

/// <summary>What the sanity checks compare of two maps. Pure arithmetic on spans; thread-safe.</summary>
public static class MapStatistics
{
    private const int Bins = 100;

    /// <summary>Spearman's rank correlation of two maps, −1 … 1; tied values share their mean rank. Null when one of them is the same everywhere.</summary>
    public static double? RankCorrelation(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"The maps have {left.Length} and {right.Length} values; they must have the same number.", nameof(right));
        }

        var (x, y) = (Ranks(left), Ranks(right));
        var mean = (left.Length - 1) / 2.0;
        double products = 0, squaresX = 0, squaresY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            products += (x[i] - mean) * (y[i] - mean);
            squaresX += (x[i] - mean) * (x[i] - mean);
            squaresY += (y[i] - mean) * (y[i] - mean);
        }

        return squaresX == 0 || squaresY == 0 ? null : products / Math.Sqrt(squaresX * squaresY);
    }

    /// <summary>
    /// Entropy, nats, of the histogram of a map's values in 100 bins between its extremes (Hedström et al. 2023, arXiv 2401.06465). Null with fewer cells than bins, where it tells
    /// of the number of cells alone.
    /// </summary>
    public static double? HistogramEntropy(ReadOnlySpan<float> map)
    {
        if (map.Length < Bins)
        {
            return null;
        }

        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in map)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        var counts = new int[Bins];
        foreach (var value in map)
        {
            counts[most > least ? Math.Min(Bins - 1, (int)((value - least) / (most - least) * Bins)) : 0]++;
        }

        double entropy = 0;
        foreach (var count in counts)
        {
            var share = (double)count / map.Length;
            entropy -= count == 0 ? 0 : share * Math.Log(share);
        }

        return entropy;
    }

    private static double[] Ranks(ReadOnlySpan<float> values)
    {
        var sorted = values.ToArray();
        int[] places = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(sorted, places);
        var ranks = new double[places.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var next = first + 1;
            while (next < sorted.Length && sorted[next] == sorted[first])
            {
                next++;
            }

            for (var i = first; i < next; i++)
            {
                ranks[places[i]] = (first + next - 1) / 2.0;
            }

            first = next;
        }

        return ranks;
    }
}

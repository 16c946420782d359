namespace BatchXai.Statistics.Proportions;

/// <summary>
/// Intervals of the difference of two proportions by squaring and adding the distances to their Wilson bounds: Newcombe 1998, Statistics in
/// Medicine 17, 873–890 (independent, method 10) and 2635–2650 (paired, method 10).
/// </summary>
public static class ProportionDifference
{
    /// <summary>Share of yes to the first question − share of yes to the second, on the same items. No item gives [−1, 1].</summary>
    /// <param name="counts">The paired table, no cell negative.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative cell, or coverage not between 0 and 1.</exception>
    public static ConfidenceInterval Paired(PairedCounts counts, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(Math.Min(counts.Both, counts.OnlyFirst), Math.Min(counts.OnlySecond, counts.Neither)), nameof(counts));
        var first = Wilson.Interval(counts.First, counts.N, confidence);
        var second = Wilson.Interval(counts.Second, counts.N, confidence);
        return Combine(counts.First, counts.N, first, counts.Second, counts.N, second, Correlation(counts));
    }

    /// <summary>First proportion − second, on different items. A side without trials gives [−1, 1].</summary>
    /// <param name="firstSuccesses">0 … <paramref name="firstN"/>.</param>
    /// <param name="firstN">Trials of the first, ≥ 0.</param>
    /// <param name="secondSuccesses">0 … <paramref name="secondN"/>.</param>
    /// <param name="secondN">Trials of the second, ≥ 0.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0 … n, or coverage not between 0 and 1.</exception>
    public static ConfidenceInterval Independent(
        long firstSuccesses, long firstN, long secondSuccesses, long secondN, double confidence = 0.95)
    {
        var first = Wilson.Interval(firstSuccesses, firstN, confidence);
        var second = Wilson.Interval(secondSuccesses, secondN, confidence);
        return Combine(firstSuccesses, firstN, first, secondSuccesses, secondN, second, 0);
    }

    private static ConfidenceInterval Combine(
        long k1, long n1, ConfidenceInterval interval1, long k2, long n2, ConfidenceInterval interval2, double correlation)
    {
        if (n1 == 0 || n2 == 0)
        {
            return new ConfidenceInterval(-1, 1);
        }

        var (p1, p2) = ((double)k1 / n1, (double)k2 / n2);
        var below = Distance(p1 - interval1.Low, interval2.High - p2, correlation);
        var above = Distance(interval1.High - p1, p2 - interval2.Low, correlation);
        return new ConfidenceInterval(Math.Max(-1, p1 - p2 - below), Math.Min(1, p1 - p2 + above));
    }

    private static double Distance(double first, double second, double correlation) =>
        Math.Sqrt(Math.Max(0, (first * first) - (2 * correlation * first * second) + (second * second)));

    // φ of the table; a positive one is drawn towards 0 by half an item, which is what sets method 10 apart from method 8.
    private static double Correlation(PairedCounts counts)
    {
        var scale = Math.Sqrt((double)counts.First * (counts.N - counts.First)) * Math.Sqrt((double)counts.Second * (counts.N - counts.Second));
        var product = ((double)counts.Both * counts.Neither) - ((double)counts.OnlyFirst * counts.OnlySecond);
        var corrected = product > 0 ? Math.Max(product - (counts.N / 2.0), 0) : product;
        return scale > 0 ? corrected / scale : 0;
    }
}

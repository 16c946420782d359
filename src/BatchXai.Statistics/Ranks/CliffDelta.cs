namespace BatchXai.Statistics.Ranks;

/// <summary>
/// Cliff's δ = P(X &gt; Y) − P(X &lt; Y), −1 … 1, by chance 0 (Cliff 1993, Psychological Bulletin 114, 494–509). Below −.33 the effect is
/// commonly called medium or more.
/// </summary>
public static class CliffDelta
{
    /// <summary>δ of a sample against others; null when a side is empty. O(n log n).</summary>
    /// <param name="sample">Values X, none NaN.</param>
    /// <param name="others">Values Y, none NaN.</param>
    public static double? Of(ReadOnlySpan<float> sample, ReadOnlySpan<float> others)
    {
        var ranks = Midranks.Of([.. sample, .. others]);
        return Of(ranks.AsSpan(0, sample.Length).Sum(), sample.Length, ranks.Length);
    }

    /// <summary>δ from the rank sum R of n out of all values: 2·(R − n(n+1)/2) / (n·(all − n)) − 1. One ranking so serves every class.</summary>
    /// <param name="rankSum">Sum of the midranks of the sample among all.</param>
    /// <param name="n">Size of the sample.</param>
    /// <param name="all">Size of sample and others together.</param>
    public static double? Of(double rankSum, long n, long all) =>
        n == 0 || n == all ? null : (2 * (rankSum - (n * (n + 1) / 2.0)) / ((double)n * (all - n))) - 1;

    private static double Sum(this Span<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}

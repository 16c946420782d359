using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics.Proportions;

/// <summary>
/// McNemar's test that two proportions on the same items are equal (McNemar 1947, Psychometrika 12, 153–157). For two trained checkpoints it
/// is the one of five tests with an acceptable type I error (Dietterich 1998, Neural Computation 10, 1895–1923).
/// </summary>
public static class McNemar
{
    /// <summary>Below this many discordant items the test is exact.</summary>
    public const int ExactBelow = 25;

    /// <summary>
    /// Two-sided p. Only discordant items count: exact binomial below 25 of them, else χ² = (|b − c| − 1)² / (b + c) with one degree of freedom
    /// (continuity correction of Edwards 1948). No discordant item gives 1.
    /// </summary>
    /// <param name="counts">The paired table.</param>
    public static double PValue(PairedCounts counts)
    {
        var n = counts.OnlyFirst + counts.OnlySecond;
        if (n >= ExactBelow)
        {
            var distance = Math.Max(0, Math.Abs(counts.OnlyFirst - counts.OnlySecond) - 1);
            return Math.Min(1, 2 * NormalDistribution.UpperTail(distance / Math.Sqrt(n)));
        }

        // P(X ≤ min) for X ~ binomial(n, ½).
        var (term, sum) = (Math.Pow(0.5, n), 0.0);
        for (var k = 0; k <= Math.Min(counts.OnlyFirst, counts.OnlySecond); k++)
        {
            sum += term;
            term *= (double)(n - k) / (k + 1);
        }

        return Math.Min(1, 2 * sum);
    }
}

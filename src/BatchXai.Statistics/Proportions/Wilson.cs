using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics.Proportions;

/// <summary>Score interval of a proportion (Wilson 1927, JASA 22, 209–212), recommended for small n by Brown, Cai and DasGupta (2001).</summary>
public static class Wilson
{
    /// <summary>The interval (k + z²/2 ± z·√(k(n−k)/n + z²/4)) / (n + z²), without continuity correction. n = 0 gives [0, 1].</summary>
    /// <param name="successes">k, 0 … n. Fractional credit is allowed: its variance is at most that of whole successes, so the interval errs wide.</param>
    /// <param name="n">Number of trials, ≥ 0.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0 … n, negative n, or coverage not between 0 and 1.</exception>
    public static ConfidenceInterval Interval(double successes, long n, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (!(successes >= 0 && successes <= n))
        {
            throw new ArgumentOutOfRangeException(nameof(successes), successes, $"Between 0 and {n} successes were expected.");
        }

        var z = NormalDistribution.TwoSidedZ(confidence);
        if (n == 0)
        {
            return new ConfidenceInterval(0, 1);
        }

        var centre = successes + (z * z / 2);
        var half = z * Math.Sqrt((successes * (n - successes) / n) + (z * z / 4));
        var total = n + (z * z);
        return new ConfidenceInterval(Math.Max(0, (centre - half) / total), Math.Min(1, (centre + half) / total));
    }
}

using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics.Ranks;

/// <summary>Spearman's rank correlation ρ, −1 … 1: Pearson's correlation of the midranks (Spearman 1904), so ties are allowed.</summary>
public static class Spearman
{
    /// <summary>ρ; null when there are fewer than two pairs or one side is constant.</summary>
    /// <param name="first">Values, none NaN.</param>
    /// <param name="second">As many values, in the same order.</param>
    /// <exception cref="ArgumentException">As many second values as first ones were expected.</exception>
    public static double? Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} values were expected, one a pair; there are {second.Length}.", nameof(second));
        }

        var (x, y) = (Midranks.Of(first), Midranks.Of(second));
        var mean = (x.Length + 1) / 2.0;
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : null;
    }

    /// <summary>
    /// Interval of ρ: Fisher's z with variance (1 + ρ²/2) / (n − 3), which holds for ranks (Bonett and Wright 2000, Psychometrika 65, 23–28).
    /// Null below four pairs.
    /// </summary>
    /// <param name="rho">The correlation, −1 … 1; ±1 gives an interval without width.</param>
    /// <param name="n">Number of pairs.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    public static ConfidenceInterval? Interval(double rho, long n, double confidence = 0.95)
    {
        if (n < 4)
        {
            return null;
        }

        var half = NormalDistribution.TwoSidedZ(confidence) * Math.Sqrt((1 + (rho * rho / 2)) / (n - 3));
        var z = Math.Atanh(rho);
        return new ConfidenceInterval(Math.Tanh(z - half), Math.Tanh(z + half));
    }
}

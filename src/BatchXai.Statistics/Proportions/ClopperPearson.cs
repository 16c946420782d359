using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics.Proportions;

/// <summary>
/// Exact bounds of a proportion (Clopper and Pearson 1934, Biometrika 26, 404–413): never less than the coverage they promise, so for claims
/// such as "no false alarm in n".
/// </summary>
public static class ClopperPearson
{
    /// <summary>The two-sided interval. n = 0 gives [0, 1].</summary>
    /// <param name="successes">0 … n.</param>
    /// <param name="n">Number of trials, ≥ 0.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0 … n, or coverage not between 0 and 1.</exception>
    public static ConfidenceInterval Interval(long successes, long n, double confidence = 0.95)
    {
        var oneSided = 0.5 + (confidence / 2);
        return new ConfidenceInterval(1 - UpperBound(n - successes, n, oneSided), UpperBound(successes, n, oneSided));
    }

    /// <summary>The one-sided upper bound; for no success it is 1 − (1 − confidence)^(1/n). n = 0 gives 1.</summary>
    /// <param name="successes">0 … n.</param>
    /// <param name="n">Number of trials, ≥ 0.</param>
    /// <param name="confidence">Probability that the bound holds, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0 … n, or a probability not between 0 and 1.</exception>
    public static double UpperBound(long successes, long n, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A coverage between 0 and 1 was expected, bounds excluded.");
        }

        return successes == n ? 1 : BetaDistribution.Quantile(confidence, successes + 1, n - successes);
    }
}

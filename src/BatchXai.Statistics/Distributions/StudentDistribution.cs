namespace BatchXai.Statistics.Distributions;

/// <summary>Student's t distribution.</summary>
public static class StudentDistribution
{
    /// <summary>P(T &gt; t), by the incomplete beta function: ½·I_x(ν/2, ½) with x = ν/(ν + t²) for t ≥ 0.</summary>
    /// <param name="t">Any number, infinities included.</param>
    /// <param name="degrees">Degrees of freedom ν, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No degree of freedom, or t is not a number.</exception>
    public static double UpperTail(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        return t < 0
            ? 1 - UpperTail(-t, degrees)
            : BetaDistribution.Cumulative(degrees / (degrees + (t * t)), degrees / 2, 0.5) / 2;
    }

    /// <summary>t with P(T ≤ t) = p.</summary>
    /// <param name="p">Probability, 0 &lt; p &lt; 1.</param>
    /// <param name="degrees">Degrees of freedom ν, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No degree of freedom, or p is not between 0 and 1.</exception>
    public static double Quantile(double p, double degrees)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability between 0 and 1 was expected, bounds excluded.");
        }

        if (p < 0.5)
        {
            return -Quantile(1 - p, degrees);
        }

        var x = BetaDistribution.Quantile(2 * (1 - p), degrees / 2, 0.5);
        return Math.Sqrt(degrees * (1 - x) / x);
    }
}

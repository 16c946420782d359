namespace BatchXai.Statistics.Distributions;

/// <summary>The beta distribution on [0, 1].</summary>
public static class BetaDistribution
{
    /// <summary>
    /// P(X ≤ x), the regularised incomplete beta function I_x(a, b), by its continued fraction (NIST DLMF 8.17.22), evaluated forwards
    /// (Lentz 1976). Relative error about 1e-13.
    /// </summary>
    /// <param name="x">0 … 1.</param>
    /// <param name="a">First shape, &gt; 0.</param>
    /// <param name="b">Second shape, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">x outside 0 … 1, or a shape that is not positive.</exception>
    public static double Cumulative(double x, double a, double b)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        if (!(x >= 0 && x <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "A number between 0 and 1 was expected.");
        }

        if (x is 0 or 1)
        {
            return x;
        }

        // The fraction converges fast below the mean; above it, the mirrored one does.
        return x < (a + 1) / (a + b + 2) ? Below(x, a, b) : 1 - Below(1 - x, b, a);
    }

    /// <summary>x with P(X ≤ x) = p, by bisection: to the last bits.</summary>
    /// <param name="p">Probability, 0 … 1.</param>
    /// <param name="a">First shape, &gt; 0.</param>
    /// <param name="b">Second shape, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">p outside 0 … 1, or a shape that is not positive.</exception>
    public static double Quantile(double p, double a, double b)
    {
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability between 0 and 1 was expected.");
        }

        var (low, high) = (0.0, 1.0);
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                return high;
            }

            (low, high) = Cumulative(middle, a, b) < p ? (middle, high) : (low, middle);
        }
    }

    private static double Below(double x, double a, double b)
    {
        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a;
        var (value, top, bottom) = (1.0, 1.0, 0.0);
        for (var k = 0; k < 10_000; k++)
        {
            var m = k / 2;
            var numerator = k == 0 ? 1
                : k % 2 == 0 ? m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)))
                : -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            bottom = 1 / NotZero(1 + (numerator * bottom));
            top = NotZero(1 + (numerator / top));
            var change = top * bottom;
            value *= change;
            if (Math.Abs(change - 1) < 1e-15)
            {
                break;
            }
        }

        return front * (value - 1);
    }

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    // Stirling's series; below 12 the recurrence lnΓ(x) = lnΓ(x + 1) − ln x leads there.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 12; x++)
        {
            shift += Math.Log(x);
        }

        var inverse = 1 / (x * x);
        var series = ((((((-691.0 / 360_360 * inverse) + (1.0 / 1188)) * inverse) - (1.0 / 1680)) * inverse) + (1.0 / 1260)) * inverse;
        series = (((series - (1.0 / 360)) * inverse) + (1.0 / 12)) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(2 * Math.PI) / 2) + series - shift;
    }
}

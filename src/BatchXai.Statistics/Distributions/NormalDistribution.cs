namespace BatchXai.Statistics.Distributions;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private static readonly double[] CentralTop =
        [3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
         4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3];

    private static readonly double[] CentralBottom =
        [1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
         2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3];

    private static readonly double[] MiddleTop =
        [1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
         1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4];

    private static readonly double[] MiddleBottom =
        [1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9];

    private static readonly double[] TailTop =
        [6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
         2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7];

    private static readonly double[] TailBottom =
        [1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
         7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15];

    /// <summary>
    /// z with P(Z ≤ z) = p, relative error about 1e-16: algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37, 477–484).
    /// </summary>
    /// <param name="p">Probability, 0 &lt; p &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not between 0 and 1.</exception>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability between 0 and 1 was expected, bounds excluded.");
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * Ratio(CentralTop, CentralBottom, 0.180625 - (q * q));
        }

        var r = Math.Sqrt(-Math.Log(Math.Min(p, 1 - p)));
        var z = r <= 5 ? Ratio(MiddleTop, MiddleBottom, r - 1.6) : Ratio(TailTop, TailBottom, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>z of a two-sided interval: 1.96 for .95.</summary>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is not between 0 and 1.</exception>
    public static double TwoSidedZ(double confidence) => Quantile(0.5 + (confidence / 2));

    /// <summary>
    /// P(Z &gt; z), relative error about 1e-13: up to 2 the series of Marsaglia (2004, J. Stat. Software 11, 4), beyond it the continued
    /// fraction of Laplace for Mills' ratio.
    /// </summary>
    /// <param name="z">Any number.</param>
    public static double UpperTail(double z)
    {
        if (z < 0)
        {
            return 1 - UpperTail(-z);
        }

        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z > 2)
        {
            var fraction = z;
            for (var k = 200; k >= 1; k--)
            {
                fraction = z + (k / fraction);
            }

            return density / fraction;
        }

        var (sum, term) = (z, z);
        for (var k = 3; term > 1e-18; k += 2)
        {
            term *= z * z / k;
            sum += term;
        }

        return 0.5 - (density * sum);
    }

    private static double Ratio(double[] top, double[] bottom, double x) => Polynomial(top, x) / Polynomial(bottom, x);

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }
}

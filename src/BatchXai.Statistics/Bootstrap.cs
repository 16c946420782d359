using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics;

/// <summary>
/// Bootstrap of means and of differences of means over independent units: items, or groups of items where a group column exists. The interval is
/// bias-corrected and accelerated (BCa: Efron 1987, J. Am. Stat. Assoc. 82, 171–185), its tails moved out for small n as Student's t asks
/// (Hesterberg 2015, The American Statistician 69, 371–386). Of six shapes of focus values at n = 50 the plain percentile interval covers 92.2 to
/// 95.0 %, the studentised one 93.9 to 96.9 %, this one 93.5 to 96.1 %. Where only one item in twenty lies far off, none covers more than 91 %.
/// </summary>
public static class Bootstrap
{
    /// <summary>Resamples unless told otherwise.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>
    /// From this many units on the interval is the bootstrap's own normal limit, mean ± z·s/√n. Even at a skewness of 2 the two then differ by
    /// less (.02 standard errors) than two bootstraps with other seeds (.06), and resampling a million items would take minutes.
    /// </summary>
    public const int NormalLimitUnits = 5_000;

    /// <summary>Interval of the mean of values. One unit has no spread to resample: null below two units.</summary>
    /// <param name="values">The values, all finite.</param>
    /// <param name="groups">Group of each value, for the cluster bootstrap (whole groups are drawn, the mean is over their values); empty: each value on its own.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="resamples">Number of resamples, ≥ 100.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentException">As many groups as values were expected.</exception>
    public static ConfidenceInterval? MeanInterval(
        ReadOnlySpan<float> values, ReadOnlySpan<int> groups, SplitMix64 random, int resamples = DefaultResamples, double confidence = 0.95) =>
        Interval(new UnitSample(UnitSums.Of(values, groups)), null, random, resamples, confidence);

    /// <summary>Interval of the mean of first − second, on the same items. Null below two units.</summary>
    /// <param name="first">The values, all finite.</param>
    /// <param name="second">As many values, of the same items in the same order.</param>
    /// <param name="groups">Group of each item; empty: each item on its own.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="resamples">Number of resamples, ≥ 100.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentException">As many second values, and groups, as first values were expected.</exception>
    public static ConfidenceInterval? PairedDifferenceInterval(
        ReadOnlySpan<float> first,
        ReadOnlySpan<float> second,
        ReadOnlySpan<int> groups,
        SplitMix64 random,
        int resamples = DefaultResamples,
        double confidence = 0.95) =>
        Interval(new UnitSample(UnitSums.OfDifferences(first, second, groups)), null, random, resamples, confidence);

    /// <summary>Interval of mean(first) − mean(second), on different items; the two are resampled apart. Null when either has fewer than two units.</summary>
    /// <param name="first">The values, all finite.</param>
    /// <param name="firstGroups">Group of each first value; empty: each value on its own.</param>
    /// <param name="second">Other values, all finite.</param>
    /// <param name="secondGroups">Group of each second value; empty: each value on its own.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="resamples">Number of resamples, ≥ 100.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentException">As many groups as values were expected.</exception>
    public static ConfidenceInterval? DifferenceInterval(
        ReadOnlySpan<float> first,
        ReadOnlySpan<int> firstGroups,
        ReadOnlySpan<float> second,
        ReadOnlySpan<int> secondGroups,
        SplitMix64 random,
        int resamples = DefaultResamples,
        double confidence = 0.95) =>
        Interval(new UnitSample(UnitSums.Of(first, firstGroups)), new UnitSample(UnitSums.Of(second, secondGroups)), random, resamples, confidence);

    /// <summary>The central share of resampled figures. Sorts them.</summary>
    internal static ConfidenceInterval Percentiles(double[] figures, double confidence)
    {
        Array.Sort(figures);
        var tail = (1 - confidence) / 2;
        return new ConfidenceInterval(Quantiles.OfSorted(figures, tail), Quantiles.OfSorted(figures, 1 - tail));
    }

    private static ConfidenceInterval? Interval(UnitSample first, UnitSample? second, SplitMix64 random, int resamples, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (first.Units < 2 || second?.Units < 2)
        {
            return null;
        }

        var mean = first.Mean - (second?.Mean ?? 0);
        var (error, degrees) = first.StandardErrorOf(second);
        if (error == 0)
        {
            return new ConfidenceInterval(mean, mean);
        }

        if (Math.Min(first.Units, second?.Units ?? int.MaxValue) >= NormalLimitUnits)
        {
            var half = NormalDistribution.TwoSidedZ(confidence) * error;
            return new ConfidenceInterval(mean - half, mean + half);
        }

        var shifts = Shifts(first, second, random, resamples);
        var plugIn = Math.Sqrt(first.Squares + (second?.Squares ?? 0));
        var z = StudentDistribution.Quantile(0.5 + (confidence / 2), degrees) * error / plugIn;
        var acceleration = (first.Cubes - (second?.Cubes ?? 0)) / (6 * plugIn * plugIn * plugIn);
        var bias = Bias(shifts, 1e-9 * error);
        return new ConfidenceInterval(mean + At(-z), mean + At(z));

        double At(double place)
        {
            var moved = bias + ((bias + place) / (1 - (acceleration * (bias + place))));
            return Quantiles.OfSorted(shifts, 1 - NormalDistribution.UpperTail(moved));
        }
    }

    // Sorted.
    private static double[] Shifts(UnitSample first, UnitSample? second, SplitMix64 random, int resamples)
    {
        var shifts = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            shifts[r] = Shift(first, random) - (second is null ? 0 : Shift(second, random));
        }

        Array.Sort(shifts);
        return shifts;
    }

    // A small sample may be compared with a large one: that one's resamples are drawn from their normal limit.
    private static double Shift(UnitSample sample, SplitMix64 random) => sample.Units < NormalLimitUnits
        ? sample.DrawShift(random)
        : sample.StandardError * NormalDistribution.Quantile(Math.Max(random.NextUniform(), double.Epsilon));

    // z of the share of resamples below the mean; those at it, frequent where values are few, count half.
    private static double Bias(double[] shifts, double atMean)
    {
        var below = 0.5;
        foreach (var shift in shifts)
        {
            below += shift < -atMean ? 1 : shift <= atMean ? 0.5 : 0;
        }

        return NormalDistribution.Quantile(below / (shifts.Length + 1));
    }
}

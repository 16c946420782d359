using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics;

/// <summary>
/// Two one-sided t tests (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15, 657–680): whether two paired means differ by less than a margin. Not to
/// find a difference shows no equivalence; this does.
/// </summary>
/// <param name="Units">Independent units: items, or groups.</param>
/// <param name="Difference">Mean of first − second.</param>
/// <param name="Margin">The difference that would matter, &gt; 0.</param>
/// <param name="P">The larger of the two one-sided p-values: below α the means are equivalent, which is to say that the 1 − 2α interval lies within ± margin.</param>
/// <param name="Interval">The 90 % t interval of the difference.</param>
public sealed record PairedEquivalence(int Units, double Difference, double Margin, double P, ConfidenceInterval Interval)
{
    /// <summary>Tests the items of two measurements; null below two units.</summary>
    /// <param name="first">The values, all finite.</param>
    /// <param name="second">As many values, of the same items in the same order.</param>
    /// <param name="groups">Group of each item; empty: each item on its own.</param>
    /// <param name="margin">The difference that would matter, &gt; 0.</param>
    /// <exception cref="ArgumentException">As many second values, and groups, as first values were expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive.</exception>
    public static PairedEquivalence? Test(ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<int> groups, double margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        var sample = new UnitSample(UnitSums.OfDifferences(first, second, groups));
        if (sample.Units < 2)
        {
            return null;
        }

        var degrees = sample.Units - 1;
        var (mean, error) = (sample.Mean, sample.StandardError);
        var inside = margin - Math.Abs(mean);
        var p = error > 0 ? StudentDistribution.UpperTail(inside / error, degrees) : inside > 0 ? 0 : 1;
        var half = StudentDistribution.Quantile(0.95, degrees) * error;
        return new PairedEquivalence(sample.Units, mean, margin, p, new ConfidenceInterval(mean - half, mean + half));
    }
}

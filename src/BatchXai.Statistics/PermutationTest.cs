namespace BatchXai.Statistics;

/// <summary>
/// One-sided permutation test that some units have a lower mean than all the others. One instance serves many samples of the same units: every
/// class against the rest.
/// </summary>
public sealed class PermutationTest
{
    /// <summary>Random relabellings unless told otherwise.</summary>
    public const int DefaultDraws = 1_999;

    /// <summary>Relabellings at least as extreme after which a sample is clearly not extreme, and drawing stops.</summary>
    public const int EnoughExceedances = 50;

    private readonly double[] sums;
    private readonly int[] counts;
    private readonly double[] shuffledSums;
    private readonly int[] shuffledCounts;
    private readonly double sum;
    private readonly long count;

    /// <summary>All units, sample and others together.</summary>
    /// <param name="sums">Sum of the values of each unit, finite; for single items the value itself.</param>
    /// <param name="counts">Number of values of each unit, ≥ 1; empty: one each.</param>
    /// <exception cref="ArgumentException">As many counts as sums were expected.</exception>
    public PermutationTest(ReadOnlySpan<double> sums, ReadOnlySpan<int> counts)
    {
        if (!counts.IsEmpty && counts.Length != sums.Length)
        {
            throw new ArgumentException($"{sums.Length} counts were expected, one a unit; there are {counts.Length}.", nameof(counts));
        }

        this.sums = sums.ToArray();
        this.counts = counts.ToArray();
        (shuffledSums, shuffledCounts) = (sums.ToArray(), counts.ToArray());
        sum = this.sums.Sum();
        count = counts.IsEmpty ? sums.Length : this.counts.Sum(number => (long)number);
    }

    /// <summary>Number of units.</summary>
    public int Units => sums.Length;

    /// <summary>
    /// P of a mean difference, sample − others, as low as the one seen, when labels are dealt out at random: (b + 1)/(m + 1) for b of m draws as low or
    /// lower (Phipson and Smyth 2010). Drawing stops at the h-th such draw; then p = h/draws so far, which is as valid (Besag and Clifford 1991,
    /// Biometrika 78, 301–304) and spends draws only where p is small.
    /// </summary>
    /// <param name="units">Units in the sample, 1 … all − 1.</param>
    /// <param name="sampleSum">Sum of the values of the sample.</param>
    /// <param name="sampleCount">Number of values of the sample.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="draws">Most draws, ≥ 99. With k tests in a family p must be able to fall to q/k: 2·k/q draws are enough.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sample that leaves nobody, or too few draws.</exception>
    public double PLower(int units, double sampleSum, long sampleCount, SplitMix64 random, int draws = DefaultDraws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(units, Units);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 99);
        var seen = Difference(sampleSum, sampleCount);
        seen += 1e-12 * Math.Max(1, Math.Abs(seen)); // Sums in another order differ in their last bits.
        sums.CopyTo(shuffledSums, 0); // Whatever was asked before, the same seed gives the same p.
        counts.CopyTo(shuffledCounts, 0);
        var asLow = 0;
        for (var draw = 1; draw <= draws; draw++)
        {
            var (drawnSum, drawnCount) = Draw(units, random);
            asLow += Difference(drawnSum, drawnCount) <= seen ? 1 : 0;
            if (asLow == EnoughExceedances)
            {
                return (double)asLow / draw;
            }
        }

        return (asLow + 1.0) / (draws + 1.0);
    }

    private double Difference(double sampleSum, long sampleCount) =>
        (sampleSum / sampleCount) - ((sum - sampleSum) / (count - sampleCount));

    // The first places of a Fisher-Yates shuffle. The order left behind is as good a start for the next draw as any.
    private (double Sum, long Count) Draw(int units, SplitMix64 random)
    {
        var drawn = 0.0;
        long values = counts.Length == 0 ? units : 0;
        for (var i = 0; i < units; i++)
        {
            var other = i + random.NextBelow(shuffledSums.Length - i);
            (shuffledSums[i], shuffledSums[other]) = (shuffledSums[other], shuffledSums[i]);
            drawn += shuffledSums[i];
            if (counts.Length > 0)
            {
                (shuffledCounts[i], shuffledCounts[other]) = (shuffledCounts[other], shuffledCounts[i]);
                values += shuffledCounts[i];
            }
        }

        return (drawn, values);
    }
}

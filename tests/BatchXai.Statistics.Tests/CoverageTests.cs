using BatchXai.Statistics.Distributions;
using BatchXai.Statistics.Proportions;
using Xunit;

namespace BatchXai.Statistics.Tests;

/// <summary>Intervals of 95 % are to cover 93 to 97 % of the time. Seeded, so that each run sees the same samples.</summary>
public sealed class CoverageTests
{
    private const int Rounds = 1000;

    // κ is 1 at most and has a long tail downwards: 1 − a gamma variable of shape 1.5 (skewness −1.6), mean .4, as of a model that mostly looks at the object.
    private const double KappaMean = 0.4;

    [Fact]
    public void MeanInterval_SkewedFocus_Covers() => AssertCovers((random, _) =>
        Bootstrap.MeanInterval(Kappa(random, 50), [], random)!.Value.Contains(KappaMean));

    [Fact]
    public void MeanInterval_TwoHumps_Covers() => AssertCovers((random, _) =>
        Bootstrap.MeanInterval(Humps(random, 50), [], random)!.Value.Contains((0.15 * -0.2) + (0.85 * 0.7)));

    [Fact]
    public void MeanInterval_Normal_Covers() => AssertCovers((random, _) =>
        Bootstrap.MeanInterval([.. Enumerable.Range(0, 50).Select(_ => (float)Normal(random))], [], random)!.Value.Contains(0));

    [Fact]
    public void MeanInterval_GroupsOfUnequalSize_Covers() => AssertCovers((random, _) =>
    {
        var (values, groups) = Clustered(random, 40);
        return Bootstrap.MeanInterval(values, groups, random)!.Value.Contains(KappaMean);
    });

    [Fact]
    public void MeanInterval_GroupsIgnored_DoesNotCover()
    {
        var covered = Covered((random, _) => Bootstrap.MeanInterval(Clustered(random, 40).Values, [], random)!.Value.Contains(KappaMean), 200);

        Assert.InRange(covered, 0, 0.9);
    }

    [Fact]
    public void PairedDifferenceInterval_SkewedFocus_Covers() => AssertCovers((random, _) =>
    {
        var first = Kappa(random, 50);
        float[] second = [.. first.Select(value => (0.5f * value) + (0.5f * Kappa(random, 1)[0]))];
        return Bootstrap.PairedDifferenceInterval(first, second, [], random)!.Value.Contains(0);
    });

    [Fact]
    public void DifferenceInterval_SizesAndSkewDiffer_Covers() => AssertCovers((random, _) =>
        Bootstrap.DifferenceInterval(Kappa(random, 50), [], Humps(random, 120), [], random)!.Value.Contains(KappaMean - 0.565));

    [Fact]
    public void Wilson_OverTheRangeOfProportions_Covers() => AssertCovers((random, round) =>
    {
        var p = 0.02 + (0.96 * ((round % 97) / 96.0));
        var successes = Enumerable.Range(0, 50).Count(_ => random.NextUniform() < p);
        return Wilson.Interval(successes, 50).Contains(p);
    });

    [Fact]
    public void PairedProportions_OverTheRangeOfGaps_Covers() => AssertCovers((random, round) =>
    {
        // Right on both backgrounds, lost on the random one, won on it, wrong on both.
        var lost = 0.03 + (0.3 * ((round % 10) / 9.0));
        var counts = default(PairedCounts);
        for (var i = 0; i < 60; i++)
        {
            var u = random.NextUniform();
            counts = counts.Plus(u < 0.6 + lost, u < 0.6 || u > 0.97);
        }

        return ProportionDifference.Paired(counts).Contains(lost - 0.03);
    });

    [Fact]
    public void IndependentProportions_OverTheRangeOfGaps_Covers() => AssertCovers((random, round) =>
    {
        var gap = 0.4 * ((round % 10) / 9.0);
        var first = Enumerable.Range(0, 60).Count(_ => random.NextUniform() < 0.5 + gap);
        var second = Enumerable.Range(0, 90).Count(_ => random.NextUniform() < 0.5);
        return ProportionDifference.Independent(first, 60, second, 90).Contains(gap);
    });

    private static void AssertCovers(Func<SplitMix64, int, bool> contains)
    {
        var covered = Covered(contains);
        TestContext.Current.TestOutputHelper?.WriteLine($"covers {covered:P1}");
        Assert.InRange(covered, 0.93, 0.97);
    }

    private static double Covered(Func<SplitMix64, int, bool> contains, int rounds = Rounds)
    {
        var random = new SplitMix64(2026);
        return Enumerable.Range(0, rounds).Count(round => contains(random, round)) / (double)rounds;
    }

    // The sum of an exponential variable and half the square of a normal one has the gamma distribution of shape 1.5.
    private static float[] Kappa(SplitMix64 random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)(1 - (0.4 * Gamma(random))))];

    private static double Gamma(SplitMix64 random)
    {
        var z = Normal(random);
        return (z * z / 2) - Math.Log(1 - random.NextUniform());
    }

    // Fifteen of a hundred items rest on the background.
    private static float[] Humps(SplitMix64 random, int n) => [.. Enumerable.Range(0, n).Select(_ =>
        (float)((random.NextUniform() < 0.15 ? -0.2 : 0.7) + (0.1 * Normal(random))))];

    private static (float[] Values, int[] Groups) Clustered(SplitMix64 random, int groups)
    {
        var values = new List<float>();
        var of = new List<int>();
        for (var group = 0; group < groups; group++)
        {
            var level = 0.25 * Normal(random);
            foreach (var value in Kappa(random, 1 + random.NextBelow(8)))
            {
                values.Add((float)(value + level));
                of.Add(group);
            }
        }

        return ([.. values], [.. of]);
    }

    private static double Normal(SplitMix64 random) => NormalDistribution.Quantile(Math.Max(random.NextUniform(), 1e-15));
}

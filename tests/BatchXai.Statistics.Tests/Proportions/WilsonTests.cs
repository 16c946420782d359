using BatchXai.Statistics.Distributions;
using BatchXai.Statistics.Proportions;
using Xunit;

namespace BatchXai.Statistics.Tests.Proportions;

public sealed class WilsonTests
{
    // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3 (score, no continuity correction).
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Interval_PublishedCases_GivesPublishedBounds(int successes, int n, double low, double high)
    {
        var interval = Wilson.Interval(successes, n);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(7, 30)]
    [InlineData(333, 1000)]
    public void Interval_BoundsAreRootsOfTheScoreEquation(int successes, int n)
    {
        var z = NormalDistribution.TwoSidedZ(0.95);
        var p = (double)successes / n;
        var interval = Wilson.Interval(successes, n);

        foreach (var root in new[] { interval.Low, interval.High })
        {
            Assert.Equal(z, Math.Abs(p - root) / Math.Sqrt(root * (1 - root) / n), 9);
        }
    }

    [Fact]
    public void Interval_SuccessesAndFailuresSwapped_IsMirrored()
    {
        var some = Wilson.Interval(3.5, 17, 0.9);
        var others = Wilson.Interval(13.5, 17, 0.9);

        Assert.Equal(1 - some.High, others.Low, 12);
        Assert.Equal(1 - some.Low, others.High, 12);
    }

    [Fact]
    public void Interval_NoTrials_SaysNothing() => Assert.Equal(new ConfidenceInterval(0, 1), Wilson.Interval(0, 0));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(double.NaN, 5)]
    public void Interval_ImpossibleSuccesses_Throws(double successes, int n) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(successes, n));
}

using BatchXai.Statistics.Proportions;
using Xunit;

namespace BatchXai.Statistics.Tests.Proportions;

public sealed class ClopperPearsonTests
{
    // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 5.
    [Theory]
    [InlineData(81, 263, 0.2527, 0.3676)]
    [InlineData(15, 148, 0.0578, 0.1617)]
    [InlineData(0, 20, 0.0000, 0.1684)]
    [InlineData(1, 29, 0.0009, 0.1776)]
    public void Interval_PublishedCases_GivesPublishedBounds(long successes, long n, double low, double high)
    {
        var interval = ClopperPearson.Interval(successes, n);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Theory]
    [InlineData(60, 0.0487)]
    [InlineData(20, 0.1391)]
    public void UpperBound_NoSuccess_IsOneMinusTheRootOfAlpha(long n, double percent)
    {
        Assert.Equal(1 - Math.Pow(0.05, 1.0 / n), ClopperPearson.UpperBound(0, n), 1e-12);
        Assert.Equal(percent, ClopperPearson.UpperBound(0, n), 4);
    }

    [Fact]
    public void UpperBound_OnlySuccessesOrNothing_IsOne()
    {
        Assert.Equal(1, ClopperPearson.UpperBound(5, 5));
        Assert.Equal(1, ClopperPearson.UpperBound(0, 0));
    }

    [Fact]
    public void Impossible_Arguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.UpperBound(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.UpperBound(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.UpperBound(1, 2, 1));
    }
}

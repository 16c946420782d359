using BatchXai.Statistics.Proportions;
using Xunit;

namespace BatchXai.Statistics.Tests.Proportions;

public sealed class ProportionDifferenceTests
{
    // The first two: Newcombe 1998, Statistics in Medicine 17, 2635-2650, method 10. The others: airway hyper-responsiveness and complete response
    // in Fagerland, Lydersen and Laake 2017, chapter 8 (Newcombe square-and-add).
    [Theory]
    [InlineData(36, 12, 2, 0, 0.0569, 0.3404)]
    [InlineData(18, 12, 2, 18, 0.0562, 0.3290)]
    [InlineData(1, 1, 7, 12, -0.5069, -0.0256)]
    [InlineData(59, 6, 16, 80, -0.1186, -0.0046)]
    public void Paired_PublishedCases_GivesPublishedBounds(long both, long first, long second, long neither, double low, double high)
    {
        var interval = ProportionDifference.Paired(new PairedCounts(both, first, second, neither));

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    public void Independent_PublishedCases_GivesPublishedBounds(long k1, long n1, long k2, long n2, double low, double high)
    {
        var interval = ProportionDifference.Independent(k1, n1, k2, n2);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Paired_QuestionsSwapped_IsMirrored()
    {
        var one = ProportionDifference.Paired(new PairedCounts(20, 12, 2, 16));
        var other = ProportionDifference.Paired(new PairedCounts(20, 2, 12, 16));

        Assert.Equal(-one.Low, other.High, 12);
        Assert.Equal(-one.High, other.Low, 12);
    }

    [Fact]
    public void Paired_AnswersThatAgree_IsNarrowerThanOnDifferentItems()
    {
        var paired = ProportionDifference.Paired(new PairedCounts(60, 8, 2, 30));
        var independent = ProportionDifference.Independent(68, 100, 62, 100);

        Assert.True(paired.Width < 0.6 * independent.Width);
    }

    [Fact]
    public void NoItems_SaysNothing()
    {
        Assert.Equal(new ConfidenceInterval(-1, 1), ProportionDifference.Paired(default));
        Assert.Equal(new ConfidenceInterval(-1, 1), ProportionDifference.Independent(1, 2, 0, 0));
    }

    [Fact]
    public void Paired_NegativeCell_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionDifference.Paired(new PairedCounts(3, -1, 1, 1)));

    [Fact]
    public void Plus_EachAnswer_CountsInItsCell()
    {
        var counts = default(PairedCounts).Plus(true, true).Plus(true, false).Plus(true, false).Plus(false, true).Plus(false, false);

        Assert.Equal(new PairedCounts(1, 2, 1, 1), counts);
        Assert.Equal((5, 3, 2), (counts.N, counts.First, counts.Second));
    }
}

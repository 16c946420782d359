using BatchXai.Statistics.Ranks;
using Xunit;

namespace BatchXai.Statistics.Tests.Ranks;

public sealed class RocAucTests
{
    // Hanley and McNeil 1982, table I: 58 normal and 51 abnormal images rated 1 … 5; area .893.
    private static readonly float[] Normal = Ratings(33, 6, 6, 11, 2);
    private static readonly float[] Abnormal = Ratings(3, 2, 2, 11, 33);

    [Fact]
    public void Of_PublishedRatings_GivesPublishedArea() => Assert.Equal(0.893, RocAuc.Of(Abnormal, Normal)!.Value, 3);

    [Fact]
    public void Of_SeparatedEqualOrMissing_IsOneHalfOrNotDefined()
    {
        Assert.Equal(1, RocAuc.Of([3, 4], [1, 2]));
        Assert.Equal(0.5, RocAuc.Of([1, 1], [1, 1, 1]));
        Assert.Null(RocAuc.Of([], [1]));
    }

    // Their standard error .0320 (table III): the 95 % interval is .893 ± .063.
    [Fact]
    public void Interval_PublishedRatings_IsAsWideAsTheirStandardErrorSays()
    {
        var interval = RocAuc.Interval(Abnormal, Normal, new SplitMix64(1))!.Value;

        Assert.Equal(0.893 - 0.063, interval.Low, 0.015);
        Assert.Equal(0.893 + 0.063, interval.High, 0.015);
        Assert.Equal(interval, RocAuc.Interval(Abnormal, Normal, new SplitMix64(1)));
    }

    [Fact]
    public void Interval_OneScoreOrNoError_IsUnknownOrOne()
    {
        Assert.Null(RocAuc.Interval([1], [0, 0], new SplitMix64(1)));
        Assert.Equal(new ConfidenceInterval(1, 1), RocAuc.Interval([3, 4], [1, 2], new SplitMix64(1)));
    }

    private static float[] Ratings(params int[] counts) =>
        [.. counts.SelectMany((count, rating) => Enumerable.Repeat(rating + 1f, count))];
}

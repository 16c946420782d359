using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed class WordingTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0%")]
    [InlineData(1e-9, "0%")]
    [InlineData(0.0001, "<0.1%")]
    [InlineData(0.0094, "0.9%")]
    [InlineData(0.05, "5%")]
    [InlineData(0.625, "63%")]
    [InlineData(0.994, "99.4%")]
    [InlineData(0.9999, ">99.9%")]
    [InlineData(0.99999999, "100%")]
    public void Percent_NeverSaysNoneOrAllForSome(double? share, string text) => Assert.Equal(text, Wording.Percent(share));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(-0.123, "−0.12")]
    [InlineData(-0.001, "0.00")]
    [InlineData(0.5, "0.50")]
    public void Number_HasARealMinusAndNoNegativeZero(double? number, string text) => Assert.Equal(text, Wording.Number(number));

    [Theory]
    [InlineData(2.45, "2.5 s")]
    [InlineData(71, "71 s")]
    [InlineData(1200, "20 min")]
    [InlineData(90_000, "25.0 h")]
    public void Seconds_AreWrittenInAUnitThatFits(double seconds, string text) => Assert.Equal(text, Wording.Seconds(seconds));

    [Fact]
    public void Statuses_HaveWordsOfTheirOwn()
    {
        Assert.Distinct(Enum.GetValues<ItemOutcome>().Select(Wording.Outcome));
        Assert.Distinct(Enum.GetValues<HeatmapStatus>().Select(Wording.Heatmap));
        Assert.Distinct(Enum.GetValues<MaskStatus>().Select(Wording.Mask));
    }
}

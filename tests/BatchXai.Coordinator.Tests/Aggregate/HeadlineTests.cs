using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

public sealed class HeadlineTests
{
    [Fact]
    public async Task Headline_FocusedModel_SaysHowMuchBesideChanceAndHowSure()
    {
        var headline = (await Maps(100, i => 0.7 + (0.01 * (i % 11)))).Headline;

        Assert.Equal("On average 25% of Grad-CAM attention lies on the background; chance would put 75% there.", headline.Finding);
        Assert.Contains("more than chance would put it there: focus κ is 0.50 (95% interval", headline.Certainty, StringComparison.Ordinal);
        Assert.Contains("100 usable heatmaps with masks, from 100 items", headline.Certainty, StringComparison.Ordinal);
        Assert.Contains("no proof", headline.Caution, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, "less than chance")]
    [InlineData(0.5, "cannot be told from chance")]
    [InlineData(0.7, "more than chance")]
    public async Task Headline_SideOfChance_IsDecidedByTheInterval(double energy, string words)
    {
        var headline = (await Maps(60, i => energy + (i % 2 == 0 ? 0.2 : -0.2))).Headline;

        Assert.Contains(words, headline.Certainty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headline_FewMaps_NamesNoFigure()
    {
        var headline = (await Maps(9, _ => 0.1)).Headline;

        Assert.Equal(Support.PicturesOnly, headline.Support);
        Assert.Equal("Too few usable heatmaps to say anything.", headline.Finding);
        Assert.Contains("9 usable heatmaps", headline.Certainty, StringComparison.Ordinal);
        Assert.DoesNotContain("κ", headline.Certainty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headline_SomeMaps_IsAHint()
    {
        var headline = (await Maps(29, _ => 0.75)).Headline;

        Assert.Equal(Support.Greyed, headline.Support);
        Assert.StartsWith("In only 29 heatmaps 25%", headline.Finding, StringComparison.Ordinal);
        Assert.Contains("about 0.50: a hint", headline.Certainty, StringComparison.Ordinal);
        Assert.Contains("too few for an interval", headline.Certainty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headline_HalfOfTheItemsUsable_SaysThatTheRestMayDiffer()
    {
        var rows = Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? Sample.Map(i, 0.7) : Sample.Zero(i)).ToList();

        Assert.Contains("The other 50% of the items may differ", (await Sample.BuildAsync(rows)).Headline.Certainty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headline_ObjectsWhereAnyMapWouldBe_SaysThatTheyCannotBeToldApart()
    {
        var rows = Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.7)).Select(row => row with { Measures = row.Measures with { ChanceEnergy = 0.61 } }).ToList();
        var report = await Sample.BuildAsync(rows);

        Assert.True(report.Methods[0].Focus[0].LocationConfounded);
        Assert.Contains("cannot be told apart", report.Headline.Certainty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headline_NoMasks_SaysThatNothingCouldBeMeasured()
    {
        var rows = Enumerable.Range(0, 40)
            .Select(i => Sample.Map(i, 0.7) with { MaskStatus = MaskStatus.NoMask, MaskKind = MaskKind.None, Measures = new FocusMeasures { BorderShare = 0.4 } })
            .ToList();
        var report = await Sample.BuildAsync(rows);

        Assert.Equal("Attention on the background could not be measured.", report.Headline.Finding);
        Assert.Empty(report.Methods[0].Focus);
        Assert.All(report.Listed, item => Assert.Equal(ListingReason.BorderAttention, item.Reason));
    }

    [Fact]
    public async Task Headline_NothingExplained_SaysSo() =>
        Assert.Equal("No heatmap could be made.", (await Sample.BuildAsync([Sample.Unreadable(0)])).Headline.Finding);

    private static Task<OverfittingReport> Maps(int n, Func<int, double> energy) =>
        Sample.BuildAsync([.. Enumerable.Range(0, n).Select(i => Sample.Map(i, energy(i)))]);
}

using BatchXai.Contracts.Reports;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

public sealed class ListingTests
{
    [Fact]
    public async Task Listed_ConfidentCorrectUnfocused_ComeFirstInThatOrder()
    {
        var rows = Enumerable.Range(0, 100).Select(i => i switch
        {
            10 => Sample.Map(i, 0.1, confidence: 0.95), // κ = −.8: .95 · 1.8
            20 => Sample.Map(i, 0.1, confidence: 0.60), // κ = −.8: .60 · 1.8
            30 => Sample.Map(i, 0.3, confidence: 0.99), // κ = −.4: .99 · 1.4
            40 => Sample.Map(i, 0.1, correct: false, confidence: 0.97),
            _ => Sample.Map(i, 0.9, confidence: 0.9),
        }).ToList();
        var listed = (await Sample.BuildAsync(rows)).Listed;

        Assert.Equal([10L, 30L, 20L], listed.Take(3).Select(item => item.Result.Item));
        Assert.All(listed.Take(3), item => Assert.Equal(ListingReason.ConfidentUnfocused, item.Reason));
        var wrong = Assert.Single(listed, item => item.Reason == ListingReason.ConfidentWrong);
        Assert.Equal(40, wrong.Result.Item);
        Assert.All(listed.Skip(3).SkipLast(1), item => Assert.Equal(ListingReason.LeastFocused, item.Reason)); // κ = .8
        Assert.Equal("cat", listed[0].TargetName);
        Assert.Null(listed[0].Picture);
    }

    [Fact]
    public async Task Listed_ManyRows_StaysShortAndPrefersTheEarlierOfEquals()
    {
        var listed = (await Sample.BuildAsync([.. Enumerable.Range(0, 500).Select(i => Sample.Map(i, 0.2))])).Listed;

        Assert.Equal(Enumerable.Range(0, 9).Select(i => (long)i), listed.Select(item => item.Result.Item));
    }

    [Fact]
    public async Task Listed_ClassWithTooFewMaps_IsShownInPictures()
    {
        var rows = Enumerable.Range(0, 60).Select(i => Sample.Map(i, 0.4, i >= 55 ? "rare" : "cat", confidence: i >= 55 ? 0.01 : 0.9)).ToList();
        var small = (await Sample.BuildAsync(rows)).Listed.Where(item => item.Reason == ListingReason.SmallClass).ToList();

        Assert.Equal([55L, 56L], small.Select(item => item.Result.Item));
    }
}

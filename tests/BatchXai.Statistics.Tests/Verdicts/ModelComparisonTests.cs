using BatchXai.Statistics.Verdicts;
using Xunit;

namespace BatchXai.Statistics.Tests.Verdicts;

public sealed class ModelComparisonTests
{
    private static readonly VerdictThresholds Defaults = new();

    [Theory]
    [InlineData(0.1, Change.Higher)]
    [InlineData(-0.1, Change.Lower)]
    [InlineData(0, Change.Equivalent)]
    [InlineData(0.008, Change.Equivalent)]
    public void Of_FocusShifted_IsSeen(double shift, Change change)
    {
        var all = Compare(Items(600, shift)).All;

        Assert.Equal(change, all.Focus);
        Assert.Equal(shift, all.FocusDifference!.Value.Value, 0.01);
        Assert.Equal(600, all.FocusDifference!.Value.N);
    }

    [Fact]
    public void Of_FewNoisyItems_IsUndecided()
    {
        Assert.Equal(Change.Undecided, Compare(Items(60, 0.005, noise: 0.2)).All.Focus);
        Assert.Equal(Change.TooFew, Compare(Items(49, 0.5)).All.Focus);
    }

    [Fact]
    public void Of_AccuracyChanged_IsSeen()
    {
        var better = Compare([.. Enumerable.Range(0, 200).Select(i => Item(i, i % 4 > 0, i % 8 > 0))]).All;
        var worse = Compare([.. Enumerable.Range(0, 200).Select(i => Item(i, i % 8 > 0, i % 4 > 0))]).All;
        var same = Compare([.. Enumerable.Range(0, 2000).Select(i => Item(i, i % 4 > 0, i % 4 > 0))]).All;
        var noise = Compare([.. Enumerable.Range(0, 200).Select(i => Item(i, i % 5 > 0, i % 7 > 0))]).All;

        Assert.Equal((Change.Higher, 0.125), (better.Accuracy, better.AccuracyDifference!.Value.Value));
        Assert.Equal((Change.Lower, -0.125), (worse.Accuracy, worse.AccuracyDifference!.Value.Value));
        Assert.Equal(better.AccuracyP, worse.AccuracyP);
        Assert.Equal((Change.Equivalent, 1), (same.Accuracy, same.AccuracyP));
        Assert.Equal(Change.Undecided, noise.Accuracy);
    }

    [Fact]
    public void Of_OneClassLower_IsFoundByClass()
    {
        var random = new SplitMix64(4);
        var items = Enumerable.Range(0, 20).SelectMany(c => Items(60, c == 7 ? -0.15 : 0, 0.1, $"c{c:00}", random)).ToList();

        var comparison = Compare(items);

        Assert.Equal(["c07"], comparison.Classes.Where(figures => figures.Focus == Change.Lower).Select(figures => figures.Class));
        Assert.All(comparison.Classes, figures => Assert.True(figures.AdjustedFocusP >= figures.FocusP));
        Assert.Equal(comparison.Classes.Select(figures => figures.Class).Order(StringComparer.Ordinal), comparison.Classes.Select(figures => figures.Class));
    }

    [Fact]
    public void Of_SmallClass_IsNotInTheFamily()
    {
        var random = new SplitMix64(4);
        var comparison = Compare([.. Items(60, -0.15, 0.1, "a", random), .. Items(20, 0.4, 0.1, "b", random)]);

        Assert.Equal((Change.Lower, Change.TooFew), (comparison.Classes[0].Focus, comparison.Classes[1].Focus));
        Assert.Equal(comparison.Classes[0].FocusP, comparison.Classes[0].AdjustedFocusP);
    }

    [Fact]
    public void Of_Groups_CountAsUnits()
    {
        var items = Items(600, 0.1).Select((item, i) => item with { Group = i / 30 }).ToList();

        var comparison = ModelComparison.Of(items, grouped: true, Defaults, 1).All;

        Assert.Equal((20, Change.TooFew), (comparison.FocusDifference!.Value.N, comparison.Focus));
        Assert.Equal(20, comparison.FocusEquivalence!.Units);
    }

    [Fact]
    public void Of_ItemsWithoutFocusOrLabel_CountWhereTheyCan()
    {
        var all = Compare([new(null, 0.2f, true, false, "a", 0), new(0.1f, 0.2f, null, null, null, 1), new(0.1f, 0.3f, true, true, "a", 2)]).All;

        Assert.Equal((2, 2), (all.FocusDifference!.Value.N, all.AccuracyDifference!.Value.N));
        Assert.Equal(0.15, all.FocusDifference!.Value.Value, 6);
        Assert.Equal(-0.5, all.AccuracyDifference!.Value.Value, 12);
    }

    [Fact]
    public void Of_Nothing_IsTooFew()
    {
        var comparison = Compare([]);

        Assert.Equal((Change.TooFew, Change.TooFew), (comparison.All.Focus, comparison.All.Accuracy));
        Assert.Null(comparison.All.FocusDifference);
        Assert.Null(comparison.All.AccuracyDifference);
        Assert.Empty(comparison.Classes);
    }

    private static ModelComparison Compare(IReadOnlyCollection<ComparedItem> items) => ModelComparison.Of(items, grouped: false, Defaults, 1);

    private static ComparedItem Item(int i, bool first, bool second) => new(0.1f, 0.1f, first, second, "a", i);

    private static List<ComparedItem> Items(int n, double shift, double noise = 0.05, string name = "a", SplitMix64? random = null)
    {
        random ??= new SplitMix64(12);
        return [.. Samples.Focus(random, n, 0.4).Select((focus, i) =>
            new ComparedItem(focus, (float)(focus + shift + (noise * Samples.Normal(random))), true, true, name, i))];
    }
}

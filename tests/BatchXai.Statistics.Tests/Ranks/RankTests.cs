using BatchXai.Statistics.Ranks;
using Xunit;

namespace BatchXai.Statistics.Tests.Ranks;

public sealed class RankTests
{
    [Fact]
    public void Midranks_Ties_ShareTheMeanOfTheirPlaces()
    {
        var ranks = Midranks.Of([3, 1, 3, 2, 3, 1], out var ties);

        Assert.Equal([5, 1.5, 5, 3, 5, 1.5], ranks);
        Assert.Equal(24 + 6, ties);
    }

    // The example of Cliff's δ in Torchiano's package effsize: −.25.
    [Fact]
    public void CliffDelta_PublishedExample_GivesPublishedValue() => Assert.Equal(
        -0.25, CliffDelta.Of([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50])!.Value, 12);

    [Fact]
    public void CliffDelta_AnySamples_IsTheCountOverAllPairs()
    {
        var random = new SplitMix64(4);
        for (var round = 0; round < 50; round++)
        {
            var sample = Whole(random, 1 + random.NextBelow(30));
            var others = Whole(random, 1 + random.NextBelow(30));
            var pairs = sample.Sum(x => others.Sum(y => x.CompareTo(y)));

            Assert.Equal((double)pairs / (sample.Length * others.Length), CliffDelta.Of(sample, others)!.Value, 12);
        }
    }

    [Fact]
    public void CliffDelta_EmptySide_IsNotDefined()
    {
        Assert.Null(CliffDelta.Of([], [1]));
        Assert.Null(CliffDelta.Of([1], []));
    }

    // Spearman's ρ of intelligence and hours of television, ten people: −29/165. With ties: scipy.stats.spearmanr's documented .82078.
    [Fact]
    public void Spearman_KnownExamples_GiveKnownValues()
    {
        Assert.Equal(-29.0 / 165, Spearman.Of([86, 97, 99, 100, 101, 103, 106, 110, 112, 113], [2, 20, 28, 27, 50, 29, 7, 17, 6, 12])!.Value, 12);
        Assert.Equal(0.8207826816681233, Spearman.Of([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])!.Value, 12);
    }

    [Fact]
    public void Spearman_MonotoneOrConstant_IsOneOrNotDefined()
    {
        Assert.Equal(-1, Spearman.Of([1, 2, 30], [5, 4, -100])!.Value, 12);
        Assert.Null(Spearman.Of([1, 1, 1], [1, 2, 3]));
        Assert.Null(Spearman.Of([1], [1]));
        Assert.Throws<ArgumentException>(() => Spearman.Of([1, 2], [1]));
    }

    // tanh(artanh .6 ± 1.95996·√((1 + .18)/47)).
    [Fact]
    public void SpearmanInterval_BonettAndWright_IsTheClosedForm()
    {
        var interval = Spearman.Interval(0.6, 50)!.Value;

        Assert.Equal(Math.Tanh(0.6931471806 - (1.959963985 * 0.158450)), interval.Low, 5);
        Assert.Equal(Math.Tanh(0.6931471806 + (1.959963985 * 0.158450)), interval.High, 5);
        Assert.Equal(new ConfidenceInterval(1, 1), Spearman.Interval(1, 20));
        Assert.Null(Spearman.Interval(0.5, 3));
    }

    private static float[] Whole(SplitMix64 random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)random.NextBelow(7))];
}

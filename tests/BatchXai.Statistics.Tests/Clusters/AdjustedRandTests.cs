using BatchXai.Statistics.Clusters;
using Xunit;

namespace BatchXai.Statistics.Tests.Clusters;

public sealed class AdjustedRandTests
{
    [Fact]
    public void Same_clusters_under_other_names_agree_fully() => Assert.Equal(1, AdjustedRand.Of([0, 0, 1, 1, 2, 2], [5, 5, 0, 0, 3, 3]));

    [Fact]
    public void One_cluster_agrees_with_one_cluster() => Assert.Equal(1, AdjustedRand.Of([0, 0, 0], [4, 4, 4]));

    [Fact]
    public void One_cluster_says_nothing_about_two() => Assert.Equal(0, AdjustedRand.Of([0, 0, 0, 0], [0, 0, 1, 1]));

    // Tables of two clusterings, with the index by Hubert and Arabie's formula (5): pairs together in both, 1; in each, 2 and 1; expected, 2·1/6.
    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 0, 1, 2 }, 4.0 / 7)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, -.5)]
    [InlineData(new[] { 0, 0, 0, 1, 1, 1 }, new[] { 0, 0, 1, 1, 2, 2 }, 8.0 / 33)]
    public void Known_tables(int[] first, int[] second, double expected)
    {
        Assert.Equal(expected, AdjustedRand.Of(first, second), 1e-12);
        Assert.Equal(expected, AdjustedRand.Of(second, first), 1e-12);
    }

    [Fact]
    public void Unrelated_clusterings_have_0_on_average()
    {
        var random = new SplitMix64(5);
        var mean = Enumerable.Range(0, 2_000).Average(_ => AdjustedRand.Of(Draw(), Draw()));
        Assert.Equal(0, mean, .005);

        int[] Draw() => [.. Enumerable.Range(0, 40).Select(_ => random.NextBelow(3))];
    }

    [Fact]
    public void Other_numbers_of_points_are_refused() => Assert.Throws<ArgumentException>(() => AdjustedRand.Of([0, 1], [0]));
}

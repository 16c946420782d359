using BatchXai.Statistics.Clusters;
using Xunit;

namespace BatchXai.Statistics.Tests.Clusters;

public sealed class SpectralClustersTests
{
    private static readonly int[] Sizes = [50, 80, 200];

    [Fact]
    public void Blobs_in_two_corners_are_two_groups() => AssertGroups(
        (i, random) => i % 2 == 0 ? Blobs.At(0, 0, random) : Blobs.At(6, 6, random), i => i % 2, leastAgreement: 1, leastStability: 1);

    [Fact]
    public void Three_places_are_three_groups() => AssertGroups(
        (i, random) => Blobs.At(i % 3 * 3, i % 3 * 3, random), i => i % 3, leastAgreement: 1, leastStability: 1);

    /// <summary>A tag on half of the images of a class whose objects lie anywhere; an object may lie where the tag is.</summary>
    [Fact]
    public void A_dense_heap_is_found_among_blobs_that_lie_anywhere() => AssertGroups(
        (i, random) => i % 2 == 0 ? Blobs.At(.5 * random.NextUniform(), .5 * random.NextUniform(), random) : Blobs.Anywhere(random), i => i % 2, leastAgreement: .55, leastStability: .75);

    /// <summary>Torn at most, of 30. Chance leaves gaps between points, and no way leads around a gap in a line: of a hundred planes one was torn at 50 points, none at 80 and more; of lines about one in ten.</summary>
    [Theory]
    [InlineData("noise", 0)]
    [InlineData("one place", 0)]
    [InlineData("any place", 1)]
    [InlineData("a line of places", 6)]
    public void What_has_no_groups_is_one(string what, int most)
    {
        var torn = (from size in Sizes from seed in Enumerable.Range(0, 10) select Find(size, seed, (_, random) => what switch
        {
            "noise" => Blobs.Noise(random),
            "one place" => Blobs.At(3, 3, random),
            "any place" => Blobs.Anywhere(random),
            _ => Blobs.At(3, 7 * random.NextUniform(), random),
        })).Count(found => found.Count > 1);
        Assert.InRange(torn, 0, most);
    }

    [Fact]
    public void Equal_points_are_one_group() => Assert.Equal(1, Find(60, 0, (_, _) => [.5f, .5f]).Count);

    [Fact]
    public void Copies_of_two_points_are_two_groups()
    {
        var found = Find(60, 0, (i, _) => i < 20 ? [0, 1] : [1, 0]);

        Assert.Equal((2, 1.0), (found.Count, found.Stability));
    }

    [Fact]
    public void The_largest_group_comes_first_with_a_medoid_of_its_own()
    {
        var found = Find(80, 4, (i, random) => i % 4 == 0 ? Blobs.At(0, 0, random) : Blobs.At(5, 5, random));

        Assert.Equal([60, 20], Enumerable.Range(0, 2).Select(group => found.ClusterOf.Count(cluster => cluster == group)));
        Assert.Equal([0, 1], found.Medoids.Select(medoid => found.ClusterOf[medoid]));
        Assert.Equal(0, found.Medoids[1] % 4);
    }

    [Fact]
    public void Same_seed_same_groups()
    {
        var (first, second) = (Find(), Find());
        Assert.Equal(first.ClusterOf, second.ClusterOf);
        Assert.Equal(first.Stability, second.Stability);

        static SpectralClusters Find() => SpectralClustersTests.Find(80, 7, (i, random) => i % 2 == 0 ? Blobs.At(0, 0, random) : Blobs.Anywhere(random));
    }

    [Theory]
    [InlineData(1, new[] { 0.0, .4, .5, .6, .6, .7, .7, .8, .8 })] // noise
    [InlineData(1, new[] { 0.0, .01, .04, .09, .16, .25, .36, .49, .64 })] // a line
    [InlineData(2, new[] { 0.0, .001, .3, .4, .4, .5, .5, .6, .6 })]
    [InlineData(3, new[] { 0.0, 0.0, .001, .3, .4, .5, .5, .6, .6 })] // the widest of two clear gaps
    [InlineData(8, new[] { 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, .5 })]
    [InlineData(1, new[] { 0.0, .3, .5, .5, .5, .5, .5, .5, .5 })] // a gap, but not clear
    public void The_number_of_groups_is_where_the_widest_clear_gap_is(int expected, double[] eigenvalues) => Assert.Equal(expected, SpectralClusters.CountOf(eigenvalues));

    [Fact]
    public void Fewer_than_fifty_points_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Find(49, 0, (_, random) => Blobs.Noise(random)));

    private static SpectralClusters Find(int size, int seed, Func<int, SplitMix64, float[]> point)
    {
        var random = SplitMix64.For(seed, "points");
        return SpectralClusters.Find([.. Enumerable.Range(0, size).Select(i => point(i, random))], SplitMix64.For(seed, "clusters"));
    }

    private static void AssertGroups(Func<int, SplitMix64, float[]> point, Func<int, int> planted, double leastAgreement, double leastStability)
    {
        foreach (var (size, seed) in from size in Sizes from seed in Enumerable.Range(0, 5) select (size, seed))
        {
            var found = Find(size, seed, point);
            var groups = Enumerable.Range(0, size).Select(planted).ToArray();

            Assert.Equal(groups.Distinct().Count(), found.Count);
            Assert.InRange(AdjustedRand.Of([.. found.ClusterOf], groups), leastAgreement, 1);
            Assert.InRange(found.Stability!.Value, leastStability, 1 + 1e-12);
        }
    }
}

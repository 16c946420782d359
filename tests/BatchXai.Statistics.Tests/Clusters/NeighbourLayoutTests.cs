using BatchXai.Statistics.Clusters;
using Xunit;

namespace BatchXai.Statistics.Tests.Clusters;

public sealed class NeighbourLayoutTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(400)]
    public void Planted_groups_lie_apart(int size)
    {
        foreach (var seed in Enumerable.Range(0, 3))
        {
            var random = SplitMix64.For(seed, "points");
            var places = NeighbourLayout.Of([.. Enumerable.Range(0, size).Select(i => Blobs.At(i % 3 * 3, i % 3 * 3, random))]);
            var groups = Enumerable.Range(0, 3).Select(group => places.Where((_, i) => i % 3 == group).ToList()).ToList();
            var centres = groups.Select(group => (X: group.Average(place => place.X), Y: group.Average(place => place.Y))).ToList();
            var within = groups.Zip(centres, (group, centre) => group.Max(place => Distance(place, centre))).Max();
            var between = (from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, i) select Distance(centres[i], centres[j])).Min();

            Assert.InRange(between / within, 2, double.PositiveInfinity);
        }
    }

    [Fact]
    public void A_dense_heap_is_not_laid_among_the_others()
    {
        var random = SplitMix64.For(1, "points");
        var places = NeighbourLayout.Of([.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Blobs.At(.5 * random.NextUniform(), .5 * random.NextUniform(), random) : Blobs.Anywhere(random))]);
        // Of the ten nearest places of a point of the heap, nearly all are of the heap.
        var own = Enumerable.Range(0, 200).Where(i => i % 2 == 0)
            .Average(i => Enumerable.Range(0, 200).Where(j => j != i).OrderBy(j => Distance(places[i], places[j])).Take(10).Count(j => j % 2 == 0) / 10.0);

        Assert.InRange(own, .9, 1);
    }

    [Fact]
    public void The_wider_way_fills_the_range_and_the_same_points_lie_in_the_same_places()
    {
        var random = SplitMix64.For(2, "points");
        var points = Enumerable.Range(0, 80).Select(_ => Blobs.Anywhere(random)).ToList();
        var places = NeighbourLayout.Of(points);

        Assert.Equal(places, NeighbourLayout.Of(points));
        Assert.Equal(1, Math.Max(places.Max(place => place.X), places.Max(place => place.Y)), 1e-12);
        Assert.Equal((0.0, 0.0), (places.Min(place => place.X), places.Min(place => place.Y)));
    }

    [Fact]
    public void Points_that_coincide_share_their_place()
    {
        Assert.All(NeighbourLayout.Of([.. Enumerable.Repeat(new[] { .5f, .5f }, 50)]), place => Assert.Equal((.5, .5), place));
        var two = NeighbourLayout.Of([.. Enumerable.Range(0, 50).Select(i => i < 20 ? new[] { 0f, 1 } : [1, 0])]);
        Assert.Equal(2, two.Select(place => (Math.Round(place.X, 9), Math.Round(place.Y, 9))).Distinct().Count());
    }

    /// <summary>Half of the points are equal, and drive the others far away: these must still be told apart.</summary>
    [Fact]
    public void A_group_of_equal_points_does_not_shrink_the_others_to_a_dot()
    {
        var random = SplitMix64.For(5, "points");
        var corner = Blobs.At(0, 0, random);
        var places = NeighbourLayout.Of([.. Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? corner : Blobs.At(3 + (3 * random.NextUniform()), 3 + (3 * random.NextUniform()), random))]);
        var others = places.Where((_, i) => i % 2 == 1).ToList();

        Assert.Single(places.Where((_, i) => i % 2 == 0).Select(place => (Math.Round(place.X, 6), Math.Round(place.Y, 6))).Distinct());
        Assert.InRange(others.Max(place => place.X) - others.Min(place => place.X), .5, 1);
        Assert.InRange(others.Max(place => place.Y) - others.Min(place => place.Y), .5, 1);
        Assert.True(others.Min(place => Distance(place, places[0])) > .05);
    }

    [Fact]
    public void Shares_have_the_perplexity_asked_for_and_add_up()
    {
        const int Count = 90;
        var random = SplitMix64.For(3, "points");
        var points = Enumerable.Range(0, Count).Select(_ => Blobs.Anywhere(random)).ToList();
        var shares = NeighbourShares.Of(points, 20);

        Assert.Equal(1, shares.Sum(), 1e-9);
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(0, shares[i * (Count + 1)]));
        // Symmetric shares are means of both ways; far points are nobody's neighbours.
        var nearest = Enumerable.Range(1, Count - 1).MaxBy(j => shares[j]);
        Assert.InRange(Enumerable.Range(1, Count - 1).OrderBy(j => Square(points[0], points[j])).ToList().IndexOf(nearest), 0, 3);
        Assert.Equal(shares[nearest], shares[nearest * Count]);
    }

    /// <summary>Four points of which each has one neighbour at distance 1 and two at distance √2: entropy and shares in closed form.</summary>
    [Fact]
    public void Shares_of_a_known_square()
    {
        float[][] points = [[0, 0], [0, 1], [1, 1], [1, 0]];
        var shares = NeighbourShares.Of(points, 2.5);
        var (side, across) = (4 * shares[1], 4 * shares[2]);

        Assert.Equal(1, (2 * side) + across, 1e-9);
        Assert.Equal(Math.Log(2.5), -(2 * side * Math.Log(side)) - (across * Math.Log(across)), 1e-5);
    }

    [Fact]
    public void The_gradient_is_that_of_the_divergence()
    {
        const int Count = 12;
        const double Small = 1e-6;
        var random = new SplitMix64(4);
        var shares = NeighbourShares.Of([.. Enumerable.Range(0, Count).Select(_ => Blobs.Anywhere(random))], 3);
        double[] x = [.. Enumerable.Range(0, Count).Select(_ => random.NextUniform())], y = [.. Enumerable.Range(0, Count).Select(_ => random.NextUniform())];
        var (gradientX, gradientY) = (new double[Count], new double[Count]);
        NeighbourLayout.Gradient(shares, 1, x, y, new double[Count * Count], gradientX, gradientY);

        foreach (var (axis, gradient) in new[] { (x, gradientX), (y, gradientY) })
        {
            for (var i = 0; i < Count; i++)
            {
                var at = axis[i];
                axis[i] = at + Small;
                var above = Divergence(shares, x, y);
                axis[i] = at - Small;
                var below = Divergence(shares, x, y);
                axis[i] = at;
                Assert.Equal((above - below) / (2 * Small), gradient[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Fewer_than_four_points_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => NeighbourLayout.Of([[0, 1], [1, 0], [1, 1]]));

    private static double Divergence(double[] shares, double[] x, double[] y)
    {
        var near = (from i in Enumerable.Range(0, x.Length) from j in Enumerable.Range(0, x.Length) select i == j ? 0 : 1 / (1 + Math.Pow(x[i] - x[j], 2) + Math.Pow(y[i] - y[j], 2))).ToArray();
        var all = near.Sum();
        return shares.Zip(near, (share, one) => share > 0 ? share * Math.Log(share / (one / all)) : 0).Sum();
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other) => Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));

    private static double Square(float[] one, float[] other) => one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum();
}

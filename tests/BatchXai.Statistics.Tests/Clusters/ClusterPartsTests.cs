using BatchXai.Statistics.Clusters;
using Xunit;

namespace BatchXai.Statistics.Tests.Clusters;

public sealed class ClusterPartsTests
{
    [Fact]
    public void KMeans_finds_far_heaps_whatever_the_seed()
    {
        double[] centres = [0, 10, 30];
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new SplitMix64(seed);
            var points = Enumerable.Range(0, 90).Select(i => new[] { centres[i % 3] + random.NextUniform(), random.NextUniform() }).ToList();
            var clusters = KMeans.Assign(points, 3, random);

            Assert.Equal(1, AdjustedRand.Of([.. Enumerable.Range(0, 90).Select(i => i % 3)], clusters));
        }
    }

    [Fact]
    public void KMeans_of_equal_points_needs_no_second_cluster() =>
        Assert.Single(KMeans.Assign([.. Enumerable.Repeat(new[] { 1.0, 2.0 }, 10)], 3, new SplitMix64(1)).Distinct());

    [Fact]
    public void Medoid_has_the_least_mean_cosine_distance()
    {
        // By angle alone: the long vector at 40° lies between those at 0°, 30° and 80°; the second cluster's only member is its own.
        float[][] points = [At(0, 1), At(30, 1), At(40, 100), At(80, 1), At(170, 5)];

        Assert.Equal([2, 4], Medoids.Of(points, [0, 0, 0, 0, 1], 2));

        static float[] At(double degrees, double length) => [(float)(length * Math.Cos(degrees * Math.PI / 180)), (float)(length * Math.Sin(degrees * Math.PI / 180))];
    }

    [Fact]
    public void Jacobi_gives_values_and_vectors_of_a_known_matrix()
    {
        var (values, vectors) = SymmetricEigen.Of(new double[,] { { 2, -1, 0 }, { -1, 2, -1 }, { 0, -1, 2 } });

        Assert.All(Enumerable.Range(0, 3), k => Assert.Equal(2 - (2 * Math.Cos((k + 1) * Math.PI / 4)), values[k], 1e-14));
        Assert.Equal(.5, Math.Abs(vectors[0, 0]), 1e-14);
        Assert.Equal(Math.Sqrt(.5), Math.Abs(vectors[1, 0]), 1e-14);
    }
}

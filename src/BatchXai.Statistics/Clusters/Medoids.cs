namespace BatchXai.Statistics.Clusters;

/// <summary>The most typical member of each cluster.</summary>
internal static class Medoids
{
    /// <summary>The member with the least mean cosine distance from its cluster; of equals the first. Negative: the cluster is empty.</summary>
    /// <param name="points">Points of one length; one that is 0 everywhere is at distance 1 from all.</param>
    /// <param name="clusters">Cluster of each, 0 … <paramref name="count"/> − 1.</param>
    /// <param name="count">Number of clusters.</param>
    public static int[] Of(IReadOnlyList<float[]> points, IReadOnlyList<int> clusters, int count)
    {
        var units = points.Select(Unit).ToList();
        var sums = Enumerable.Range(0, count).Select(_ => new double[points[0].Length]).ToArray();
        for (var i = 0; i < units.Count; i++)
        {
            for (var j = 0; j < units[i].Length; j++)
            {
                sums[clusters[i]][j] += units[i][j];
            }
        }

        // Σ over the others of cos(a, b) is the product of a's unit vector with the sum of theirs: no pair needs to be looked at.
        var (medoids, closest) = (new int[count], new double[count]);
        Array.Fill(medoids, -1);
        Array.Fill(closest, double.NegativeInfinity);
        for (var i = 0; i < units.Count; i++)
        {
            var closeness = units[i].Zip(sums[clusters[i]], (own, all) => own * all).Sum();
            if (closeness > closest[clusters[i]])
            {
                (medoids[clusters[i]], closest[clusters[i]]) = (i, closeness);
            }
        }

        return medoids;
    }

    private static double[] Unit(float[] point)
    {
        var length = Math.Sqrt(point.Sum(value => (double)value * value));
        return Array.ConvertAll(point, value => length > 0 ? value / length : 0);
    }
}

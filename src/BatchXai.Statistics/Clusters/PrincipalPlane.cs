namespace BatchXai.Statistics.Clusters;

/// <summary>Points seen from where they are widest: their first two principal components.</summary>
internal static class PrincipalPlane
{
    /// <summary>Coordinates about the mean; the first are those of the larger variance.</summary>
    /// <param name="points">Points of one length, at least 2 numbers each. Time grows with the cube of that length.</param>
    public static (double[] X, double[] Y) Of(IReadOnlyList<float[]> points)
    {
        var length = points[0].Length;
        var mean = Enumerable.Range(0, length).Select(k => points.Average(point => (double)point[k])).ToArray();
        var covariance = new double[length, length];
        foreach (var point in points)
        {
            for (var i = 0; i < length; i++)
            {
                for (var j = 0; j < length; j++)
                {
                    covariance[i, j] += (point[i] - mean[i]) * (point[j] - mean[j]);
                }
            }
        }

        var (_, vectors) = SymmetricEigen.Of(covariance);
        return (Along(length - 1), Along(length - 2));

        double[] Along(int vector) => [.. points.Select(point => Enumerable.Range(0, length).Sum(k => (point[k] - mean[k]) * vectors[k, vector]))];
    }
}

namespace BatchXai.Statistics.Clusters;

/// <summary>How much each point counts as a neighbour of each other one: a Gaussian about it, as wide as the density there asks for (van der Maaten and Hinton 2008, §2).</summary>
internal static class NeighbourShares
{
    private const int MostHalvings = 60;
    private const double Close = 1e-6;

    /// <summary>Symmetric shares of all pairs, n×n; the diagonal is 0, and all add up to 1.</summary>
    /// <param name="points">Points of one length, more than <paramref name="perplexity"/>.</param>
    /// <param name="perplexity">How many neighbours count: the exponential of the entropy of each point's shares.</param>
    public static double[] Of(IReadOnlyList<float[]> points, double perplexity)
    {
        var n = points.Count;
        var shares = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            Fill(shares.AsSpan(i * n, n), Distances(points, i), i, Math.Log(perplexity));
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                shares[(i * n) + j] = shares[(j * n) + i] = (shares[(i * n) + j] + shares[(j * n) + i]) / (2 * n);
            }
        }

        return shares;
    }

    /// <summary>Squared distances from a point, from that of its nearest on: a common part changes no share, and would make the exponentials vanish.</summary>
    private static double[] Distances(IReadOnlyList<float[]> points, int from)
    {
        var distances = new double[points.Count];
        var least = double.PositiveInfinity;
        for (var j = 0; j < distances.Length; j++)
        {
            for (var k = 0; k < points[from].Length; k++)
            {
                var off = (double)points[from][k] - points[j][k];
                distances[j] += off * off;
            }

            least = j == from ? least : Math.Min(least, distances[j]);
        }

        return Array.ConvertAll(distances, distance => distance - least);
    }

    /// <summary>Halves the range of the precision until the entropy is right. Among equal distances it is log(n − 1) at any precision.</summary>
    private static void Fill(Span<double> row, double[] distances, int self, double entropy)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        var mean = distances.Average();
        var precision = mean > 0 ? 1 / mean : 1;
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            var (sum, weighted) = (0.0, 0.0);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = j == self ? 0 : Math.Exp(-precision * distances[j]);
                sum += row[j];
                weighted += row[j] * distances[j];
            }

            for (var j = 0; j < row.Length; j++)
            {
                row[j] /= sum;
            }

            var off = Math.Log(sum) + (precision * weighted / sum) - entropy;
            if (Math.Abs(off) < Close)
            {
                return;
            }

            (low, high) = off > 0 ? (precision, high) : (low, precision);
            precision = double.IsInfinity(high) ? 2 * precision : (low + high) / 2;
        }
    }
}

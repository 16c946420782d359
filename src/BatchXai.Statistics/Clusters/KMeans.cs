namespace BatchXai.Statistics.Clusters;

/// <summary>k-means by Lloyd's iterations from k-means++ starts (Arthur and Vassilvitskii 2007); of several starts the one with the least spread.</summary>
internal static class KMeans
{
    private const int Starts = 5;
    private const int MostRounds = 100;

    /// <summary>Cluster of each point, 0 … <paramref name="count"/> − 1; a cluster may stay empty where points coincide.</summary>
    /// <param name="points">Points of one length, at least one.</param>
    /// <param name="count">Number of clusters, ≥ 1.</param>
    /// <param name="random">Draws the starts.</param>
    public static int[] Assign(IReadOnlyList<double[]> points, int count, SplitMix64 random)
    {
        var (best, least) = (new int[points.Count], double.PositiveInfinity);
        for (var start = 0; start < Starts; start++)
        {
            var (clusters, spread) = Lloyd(points, Centres(points, count, random));
            if (spread < least)
            {
                (best, least) = (clusters, spread);
            }
        }

        return best;
    }

    /// <summary>The first centre is any point; each next one a point drawn by its squared distance from the centres so far.</summary>
    private static double[][] Centres(IReadOnlyList<double[]> points, int count, SplitMix64 random)
    {
        var centres = new double[count][];
        centres[0] = [.. points[random.NextBelow(points.Count)]];
        var distances = points.Select(point => Distance(point, centres[0])).ToArray();
        for (var k = 1; k < count; k++)
        {
            var left = random.NextUniform() * distances.Sum();
            var drawn = 0;
            while (drawn < points.Count - 1 && (left -= distances[drawn]) >= 0)
            {
                drawn++;
            }

            centres[k] = [.. points[drawn]];
            for (var i = 0; i < distances.Length; i++)
            {
                distances[i] = Math.Min(distances[i], Distance(points[i], centres[k]));
            }
        }

        return centres;
    }

    private static (int[] Clusters, double Spread) Lloyd(IReadOnlyList<double[]> points, double[][] centres)
    {
        var clusters = new int[points.Count];
        Array.Fill(clusters, -1);
        var spread = 0.0;
        for (var (round, moved) = (0, true); moved && round < MostRounds; round++)
        {
            (moved, spread) = (false, 0);
            for (var i = 0; i < clusters.Length; i++)
            {
                var (nearest, distance) = Nearest(points[i], centres);
                moved |= nearest != clusters[i];
                clusters[i] = nearest;
                spread += distance;
            }

            Recentre(points, clusters, centres);
        }

        return (clusters, spread);
    }

    private static (int Nearest, double Distance) Nearest(double[] point, double[][] centres)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var k = 0; k < centres.Length; k++)
        {
            var distance = Distance(point, centres[k]);
            if (distance < least)
            {
                (nearest, least) = (k, distance);
            }
        }

        return (nearest, least);
    }

    private static void Recentre(IReadOnlyList<double[]> points, int[] clusters, double[][] centres)
    {
        var counts = new int[centres.Length];
        var sums = centres.Select(centre => new double[centre.Length]).ToArray();
        for (var i = 0; i < clusters.Length; i++)
        {
            counts[clusters[i]]++;
            for (var j = 0; j < points[i].Length; j++)
            {
                sums[clusters[i]][j] += points[i][j];
            }
        }

        for (var k = 0; k < centres.Length; k++)
        {
            if (counts[k] > 0)
            {
                centres[k] = Array.ConvertAll(sums[k], sum => sum / counts[k]);
            }
        }
    }

    private static double Distance(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            sum += (first[i] - second[i]) * (first[i] - second[i]);
        }

        return sum;
    }
}

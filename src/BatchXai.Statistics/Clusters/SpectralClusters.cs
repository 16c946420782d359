namespace BatchXai.Statistics.Clusters;

/// <summary>
/// Groups of alike points, found without saying how many there are: spectral clustering of the graph of nearest neighbours (Ng, Jordan and Weiss 2002; von Luxburg 2007,
/// Statistics and Computing 17, 395–416), as Lapuschkin et al. 2019 (Nature Communications 10, 1096) use it on heatmaps. One group is the usual answer.
/// </summary>
public sealed record SpectralClusters
{
    /// <summary>Neighbours of each point in the graph. A group of no more points has no group of its own neighbours, and is not found.</summary>
    public const int Neighbours = 10;

    /// <summary>Most groups that are looked for.</summary>
    public const int MostClusters = 8;

    /// <summary>Fewest points that can be clustered.</summary>
    public const int FewestPoints = 50;

    private const double Kept = .8;
    private const int Subsamples = 20;

    /// <summary>
    /// λ_k is to be this small beside λ_(k+1). Points that fill a line evenly, without any groups, have eigenvalues like those of a path, 0 : 1 : 4 : 9 …, and points
    /// that fill a plane closer ones: gaps that are no clearer are those of one group that is long.
    /// </summary>
    private const double ClearGap = .2;

    private SpectralClusters(int[] clusters, int[] medoids, double[] eigenvalues, double? stability) =>
        (ClusterOf, Medoids, Eigenvalues, Stability) = (clusters, medoids, eigenvalues, stability);

    /// <summary>Cluster of each point, from 0: the largest cluster first.</summary>
    public IReadOnlyList<int> ClusterOf { get; }

    /// <summary>The point of each cluster with the least mean cosine distance from the others.</summary>
    public IReadOnlyList<int> Medoids { get; }

    /// <summary>Number of clusters, 1 … 8: where the gap between two eigenvalues that follow each other is largest, among the gaps that are clear.</summary>
    public int Count => Medoids.Count;

    /// <summary>The nine smallest eigenvalues of the graph's symmetric normalised Laplacian, ascending, 0 … 2.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>
    /// Mean adjusted Rand index between these clusters and those found, for the same number, among 20 random subsamples of 80 % of the points: ≤ 1 (after Hennig 2007,
    /// Computational Statistics &amp; Data Analysis 52, 258–271, who compares cluster by cluster). Null for one cluster.
    /// </summary>
    public double? Stability { get; }

    /// <summary>Clusters points.</summary>
    /// <param name="points">At least 50 points of one length, all finite. Time and memory grow with the square of their number: 400 take a tenth of a second.</param>
    /// <param name="random">Source of the starts and subsamples.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 50 points.</exception>
    public static SpectralClusters Find(IReadOnlyList<float[]> points, SplitMix64 random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, FewestPoints, nameof(points));
        var order = new NeighbourOrder(points);
        var everyone = Enumerable.Range(0, points.Count).ToArray();
        var (values, vectors) = LaplacianSpectrum.Smallest(order.Graph(everyone, Neighbours), MostClusters + 1, random);
        var count = CountOf(values);
        if (count == 1)
        {
            return new(new int[points.Count], Clusters.Medoids.Of(points, new int[points.Count], 1), values, null);
        }

        var clusters = LargestFirst(Assign(vectors, count, random));
        var found = clusters.Max() + 1;
        return new(clusters, Clusters.Medoids.Of(points, clusters, found), values, StabilityOf(order, clusters, count, random));
    }

    /// <summary>Where the largest clear gap is; 1 where none is clear.</summary>
    internal static int CountOf(IReadOnlyList<double> eigenvalues)
    {
        var (count, widest) = (1, double.NegativeInfinity);
        for (var k = 2; k < eigenvalues.Count; k++)
        {
            var gap = eigenvalues[k] - eigenvalues[k - 1];
            if (eigenvalues[k - 1] < ClearGap * eigenvalues[k] && gap > widest)
            {
                (count, widest) = (k, gap);
            }
        }

        return count;
    }

    /// <summary>k-means on the first eigenvectors, the row of each node scaled to length 1.</summary>
    private static int[] Assign(double[][] vectors, int count, SplitMix64 random) => KMeans.Assign([.. vectors.Select(row =>
    {
        var first = row[..count];
        var length = Math.Sqrt(first.Sum(entry => entry * entry));
        return Array.ConvertAll(first, entry => length > 0 ? entry / length : 0);
    })], count, random);

    private static int[] LargestFirst(int[] clusters)
    {
        var names = clusters.GroupBy(cluster => cluster).OrderByDescending(members => members.Count()).ThenBy(members => members.Key)
            .Select((members, place) => (members.Key, place)).ToDictionary(entry => entry.Key, entry => entry.place);
        return Array.ConvertAll(clusters, cluster => names[cluster]);
    }

    private static double StabilityOf(NeighbourOrder order, int[] clusters, int count, SplitMix64 random)
    {
        var points = Enumerable.Range(0, clusters.Length).ToArray();
        var size = (int)(Kept * points.Length);
        var agreement = 0.0;
        for (var draw = 0; draw < Subsamples; draw++)
        {
            for (var i = 0; i < size; i++)
            {
                var other = i + random.NextBelow(points.Length - i);
                (points[i], points[other]) = (points[other], points[i]);
            }

            var (_, vectors) = LaplacianSpectrum.Smallest(order.Graph(points[..size], Neighbours), count, random);
            agreement += AdjustedRand.Of([.. points.Take(size).Select(point => clusters[point])], Assign(vectors, count, random));
        }

        return agreement / Subsamples;
    }
}

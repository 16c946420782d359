namespace BatchXai.Statistics.Clusters;

/// <summary>A weighted undirected graph without isolated nodes, and its symmetric normalised Laplacian I − D^(−½)·W·D^(−½).</summary>
internal sealed class NeighbourGraph
{
    private readonly int[] starts;
    private readonly int[] others;
    private readonly double[] shares;

    /// <summary>Takes each edge once; an edge that is named twice weighs the sum.</summary>
    /// <param name="nodes">Number of nodes; each has an edge.</param>
    /// <param name="edges">Two different nodes, from 0, and the weight between them, &gt; 0.</param>
    public NeighbourGraph(int nodes, IReadOnlyList<(int First, int Second, double Weight)> edges)
    {
        starts = new int[nodes + 1];
        var degrees = new double[nodes];
        foreach (var (first, second, weight) in edges)
        {
            starts[first + 1]++;
            starts[second + 1]++;
            degrees[first] += weight;
            degrees[second] += weight;
        }

        for (var i = 0; i < nodes; i++)
        {
            starts[i + 1] += starts[i];
        }

        (others, shares) = (new int[2 * edges.Count], new double[2 * edges.Count]);
        var next = starts[..nodes];
        foreach (var (first, second, weight) in edges)
        {
            var share = weight / Math.Sqrt(degrees[first] * degrees[second]);
            (others[next[first]], shares[next[first]++]) = (second, share);
            (others[next[second]], shares[next[second]++]) = (first, share);
        }
    }

    public int Nodes => starts.Length - 1;

    /// <summary>Applies the Laplacian to several vectors at once.</summary>
    /// <param name="vectors">Node by node, the entries of all vectors.</param>
    /// <param name="width">Number of vectors.</param>
    /// <param name="result">As many entries, in the same order.</param>
    public void Laplacian(ReadOnlySpan<double> vectors, int width, Span<double> result)
    {
        vectors.CopyTo(result);
        for (var node = 0; node < Nodes; node++)
        {
            var row = result.Slice(node * width, width);
            for (var edge = starts[node]; edge < starts[node + 1]; edge++)
            {
                var share = shares[edge];
                var other = vectors.Slice(others[edge] * width, width);
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] -= share * other[i];
                }
            }
        }
    }
}

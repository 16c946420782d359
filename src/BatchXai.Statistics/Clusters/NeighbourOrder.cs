namespace BatchXai.Statistics.Clusters;

/// <summary>For each point all points, nearest first: sorted once, asked for many subsets.</summary>
internal sealed class NeighbourOrder
{
    private const double OneSided = .1;

    private readonly int[][] nearest;

    /// <summary>Sorts by Euclidean distance; of equal distances the earlier point comes first.</summary>
    /// <param name="points">Points of one length. Memory: 4 bytes a pair.</param>
    public NeighbourOrder(IReadOnlyList<float[]> points)
    {
        nearest = new int[points.Count][];
        var distances = new double[points.Count];
        for (var i = 0; i < nearest.Length; i++)
        {
            for (var j = 0; j < distances.Length; j++)
            {
                distances[j] = Distance(points[i], points[j]);
            }

            nearest[i] = [.. Enumerable.Range(0, points.Count)];
            Array.Sort(distances, nearest[i]);
            BreakTies(distances, nearest[i]);
        }
    }

    /// <summary>
    /// Joins each of some points to its nearest ones among them. Points that are each other's neighbours weigh 1, the others .1: mutual neighbours do not join a dense
    /// heap to sparse points about it (von Luxburg 2007, §8.1), and the weak edges leave nobody alone. The nodes are numbered in the order of the members.
    /// </summary>
    /// <param name="members">Different points, more than <paramref name="neighbours"/>.</param>
    /// <param name="neighbours">Neighbours of each point.</param>
    public NeighbourGraph Graph(IReadOnlyList<int> members, int neighbours)
    {
        var nodes = new int[nearest.Length];
        Array.Fill(nodes, -1);
        for (var node = 0; node < members.Count; node++)
        {
            nodes[members[node]] = node;
        }

        var near = members.Select(member => Nearest(member, nodes, neighbours)).ToArray();
        var edges = new List<(int, int, double)>(members.Count * neighbours);
        for (var node = 0; node < near.Length; node++)
        {
            foreach (var other in near[node])
            {
                var mutual = near[other].AsSpan().Contains(node);
                if (!mutual || node < other)
                {
                    edges.Add((node, other, mutual ? 1 : OneSided));
                }
            }
        }

        return new(members.Count, edges);
    }

    private int[] Nearest(int member, int[] nodes, int count)
    {
        var (near, found) = (new int[count], 0);
        for (var place = 0; found < count; place++)
        {
            var node = nodes[nearest[member][place]];
            if (node >= 0 && node != nodes[member])
            {
                near[found++] = node;
            }
        }

        return near;
    }

    private static void BreakTies(double[] sorted, int[] points)
    {
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }

            Array.Sort(points, start, end - start);
        }
    }

    private static double Distance(float[] first, float[] second)
    {
        var sum = 0f;
        for (var i = 0; i < first.Length; i++)
        {
            sum += (first[i] - second[i]) * (first[i] - second[i]);
        }

        return sum;
    }
}

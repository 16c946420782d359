namespace BatchXai.Statistics.Clusters;

/// <summary>How far two clusterings of the same points agree, corrected for chance (Hubert and Arabie 1985, J. Classification 2, 193–218).</summary>
public static class AdjustedRand
{
    /// <summary>The index: 1 for the same clusters under any names, 0 on average for unrelated ones, below 0 for less. Two clusterings of one cluster each agree: 1.</summary>
    /// <param name="first">Cluster of each point, from 0.</param>
    /// <param name="second">Cluster of each point by the other one.</param>
    /// <exception cref="ArgumentException">As many points in both were expected.</exception>
    public static double Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} points were expected; there are {second.Length}.", nameof(second));
        }

        var both = new Dictionary<(int, int), long>();
        var (rows, columns) = (new Dictionary<int, long>(), new Dictionary<int, long>());
        for (var i = 0; i < first.Length; i++)
        {
            both[(first[i], second[i])] = both.GetValueOrDefault((first[i], second[i])) + 1;
            rows[first[i]] = rows.GetValueOrDefault(first[i]) + 1;
            columns[second[i]] = columns.GetValueOrDefault(second[i]) + 1;
        }

        var (together, inFirst, inSecond, all) = (Pairs(both.Values), Pairs(rows.Values), Pairs(columns.Values), Pairs([first.Length]));
        var expected = all == 0 ? 0 : inFirst * inSecond / all;
        var most = (inFirst + inSecond) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double Pairs(IEnumerable<long> counts) => counts.Sum(count => count * (count - 1) / 2.0);
}

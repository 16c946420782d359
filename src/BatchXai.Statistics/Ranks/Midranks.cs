namespace BatchXai.Statistics.Ranks;

/// <summary>Ranks 1 … n in which tied values share the mean of their places.</summary>
public static class Midranks
{
    /// <summary>The rank of each value, in the order given. O(n log n).</summary>
    /// <param name="values">The values, none NaN.</param>
    public static double[] Of(ReadOnlySpan<float> values) => Of(values, out _);

    /// <summary>The rank of each value, in the order given.</summary>
    /// <param name="values">The values, none NaN.</param>
    /// <param name="ties">Σ(t³ − t) over the groups of t tied values; 0 when all differ.</param>
    internal static double[] Of(ReadOnlySpan<float> values, out double ties)
    {
        var (keys, places) = Sorted(values);
        var ranks = new double[keys.Length];
        ties = 0;
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            double size = end - start;
            ties += (size * size * size) - size;
            for (var i = start; i < end; i++)
            {
                ranks[places[i]] = (start + end + 1) / 2.0;
            }
        }

        return ranks;
    }

    private static (float[] Keys, int[] Places) Sorted(ReadOnlySpan<float> values)
    {
        var keys = values.ToArray();
        var places = new int[keys.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(keys, places);
        return (keys, places);
    }
}

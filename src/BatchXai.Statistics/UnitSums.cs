namespace BatchXai.Statistics;

/// <summary>Values added up by independent unit: the item, or the group where a group column exists.</summary>
/// <param name="Sums">Sum of the values of each unit.</param>
/// <param name="Counts">Number of values of each unit; empty: one each.</param>
internal sealed record UnitSums(double[] Sums, int[] Counts)
{
    public int Units => Sums.Length;

    public double Sum { get; } = Sums.Sum();

    /// <summary>Number of values.</summary>
    public long Total { get; } = Counts.Length == 0 ? Sums.Length : Counts.Sum(count => (long)count);

    /// <summary>Adds up the values by group; no groups: each value is a unit.</summary>
    /// <exception cref="ArgumentException">As many groups as values were expected.</exception>
    public static UnitSums Of(ReadOnlySpan<float> values, ReadOnlySpan<int> groups)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = values[i];
        }

        return Of(numbers, groups);
    }

    /// <summary>Adds up first − second of each pair by group.</summary>
    /// <exception cref="ArgumentException">As many second values and groups as first values were expected.</exception>
    public static UnitSums OfDifferences(ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<int> groups)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} values were expected, one a pair; there are {second.Length}.", nameof(second));
        }

        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = (double)first[i] - second[i];
        }

        return Of(differences, groups);
    }

    private static UnitSums Of(double[] values, ReadOnlySpan<int> groups)
    {
        if (groups.IsEmpty)
        {
            return new UnitSums(values, []);
        }

        if (groups.Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} groups were expected, one a value; there are {groups.Length}.", nameof(groups));
        }

        var places = new Dictionary<int, int>();
        var (sums, counts) = (new List<double>(), new List<int>());
        for (var i = 0; i < values.Length; i++)
        {
            if (!places.TryGetValue(groups[i], out var place))
            {
                places[groups[i]] = place = sums.Count;
                sums.Add(0);
                counts.Add(0);
            }

            sums[place] += values[i];
            counts[place]++;
        }

        return new UnitSums([.. sums], [.. counts]);
    }
}

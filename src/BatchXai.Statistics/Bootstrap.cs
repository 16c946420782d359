namespace BatchXai.Statistics;

/// <summary>Percentile bootstrap (Efron 1979) of a mean, over independent units: items, or groups of items where a group column exists.</summary>
public static class Bootstrap
{
    /// <summary>Resamples unless told otherwise.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>
    /// From this many units on the interval is the bootstrap's own normal limit, mean ± z·s/√n. Even at a skewness of 2 the two then differ by
    /// less (.02 standard errors) than two bootstraps with other seeds (.06), and resampling a million items would take minutes.
    /// </summary>
    public const int NormalLimitUnits = 5_000;

    /// <summary>Interval of the mean of values. One unit has no spread to resample: null below two units.</summary>
    /// <param name="values">The values, all finite.</param>
    /// <param name="groups">Group of each value, for the cluster bootstrap (whole groups are drawn, the mean is over their values); empty: each value on its own.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="resamples">Number of resamples, ≥ 100.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    /// <exception cref="ArgumentException">As many groups as values were expected.</exception>
    public static ConfidenceInterval? MeanInterval(
        ReadOnlySpan<float> values, ReadOnlySpan<int> groups, SplitMix64 random, int resamples = DefaultResamples, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (!groups.IsEmpty && groups.Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} groups were expected, one a value; there are {groups.Length}.", nameof(groups));
        }

        var units = Units(values, groups);
        return units.Length switch
        {
            < 2 => null,
            >= NormalLimitUnits => NormalLimit(units, confidence),
            _ => Percentile(units, random, resamples, confidence),
        };
    }

    private static Unit[] Units(ReadOnlySpan<float> values, ReadOnlySpan<int> groups)
    {
        if (groups.IsEmpty)
        {
            var single = new Unit[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                single[i] = new Unit(values[i], 1);
            }

            return single;
        }

        var places = new Dictionary<int, int>();
        var units = new List<Unit>();
        for (var i = 0; i < values.Length; i++)
        {
            if (!places.TryGetValue(groups[i], out var place))
            {
                places[groups[i]] = place = units.Count;
                units.Add(default);
            }

            units[place] = new Unit(units[place].Sum + values[i], units[place].Count + 1);
        }

        return [.. units];
    }

    private static ConfidenceInterval Percentile(Unit[] units, SplitMix64 random, int resamples, double confidence)
    {
        var means = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            double sum = 0;
            long count = 0;
            for (var i = 0; i < units.Length; i++)
            {
                var unit = units[random.NextBelow(units.Length)];
                sum += unit.Sum;
                count += unit.Count;
            }

            means[r] = sum / count;
        }

        Array.Sort(means);
        var tail = (1 - confidence) / 2;
        return new ConfidenceInterval(Quantiles.OfSorted(means, tail), Quantiles.OfSorted(means, 1 - tail));
    }

    // The ratio Σsum/Σcount linearised at its mean (Taylor): variance Σ(sum − mean·count)² / (Σcount)².
    private static ConfidenceInterval NormalLimit(Unit[] units, double confidence)
    {
        double sum = 0;
        long count = 0;
        foreach (var unit in units)
        {
            sum += unit.Sum;
            count += unit.Count;
        }

        var mean = sum / count;
        var squares = 0.0;
        foreach (var unit in units)
        {
            var residual = unit.Sum - (mean * unit.Count);
            squares += residual * residual;
        }

        var half = NormalDistribution.TwoSidedZ(confidence) * Math.Sqrt(squares) / count;
        return new ConfidenceInterval(mean - half, mean + half);
    }

    private readonly record struct Unit(double Sum, int Count);
}

namespace BatchXai.Statistics;

/// <summary>
/// Values as independent units, items or groups of items, ready to be resampled. The mean is the ratio Σsum/Σcount over units; its standard
/// error is linearised (Taylor): √(m/(m−1)·Σ(sum − mean·count)²) / Σcount over m units, which for single items is s/√n.
/// </summary>
internal sealed class UnitSample
{
    private readonly double[] deviations;
    private readonly int[]? counts;

    private UnitSample(double[] sums, int[]? counts)
    {
        this.counts = counts;
        deviations = sums;
        Total = counts?.Sum(count => (long)count) ?? sums.Length;
        Mean = sums.Sum() / Total;
        for (var i = 0; i < sums.Length; i++)
        {
            deviations[i] = sums[i] - (Mean * (counts?[i] ?? 1));
            var influence = deviations[i] / Total;
            Squares += influence * influence;
            Cubes += influence * influence * influence;
        }
    }

    /// <summary>Number of units.</summary>
    public int Units => deviations.Length;

    /// <summary>Number of values.</summary>
    public long Total { get; }

    public double Mean { get; }

    /// <summary>Σ of the squared influences, (sum − mean·count)/Σcount, of the units on the mean.</summary>
    public double Squares { get; }

    /// <summary>Σ of the cubed influences.</summary>
    public double Cubes { get; }

    /// <summary>Standard error of the mean. Rounding is no spread: below 1e-12 of the mean it is 0.</summary>
    public double StandardError
    {
        get
        {
            var error = Math.Sqrt(Squares * Units / (Units - 1.0));
            return error > 1e-12 * Math.Abs(Mean) ? error : 0;
        }
    }

    /// <summary>Groups the values; no groups: each value is a unit.</summary>
    /// <exception cref="ArgumentException">As many groups as values were expected.</exception>
    public static UnitSample Of(ReadOnlySpan<float> values, ReadOnlySpan<int> groups)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = values[i];
        }

        return Of(numbers, groups);
    }

    /// <summary>Groups first − second of each pair.</summary>
    /// <exception cref="ArgumentException">As many second values and groups as first values were expected.</exception>
    public static UnitSample OfDifferences(ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<int> groups)
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

    /// <summary>Standard error of the mean, or of the difference to another one, and its degrees of freedom (Welch 1947, Biometrika 34, 28–35).</summary>
    public (double Error, double Degrees) StandardErrorOf(UnitSample? other)
    {
        var (one, two) = (StandardError * StandardError, (other?.StandardError ?? 0) * (other?.StandardError ?? 0));
        var sum = one + two;
        var spread = (one * one / (Units - 1)) + (other is null ? 0 : two * two / (other.Units - 1));
        return (Math.Sqrt(sum), spread > 0 ? sum * sum / spread : Units - 1);
    }

    /// <summary>How far the mean of one resample of the units lies from <see cref="Mean"/>.</summary>
    public double DrawShift(SplitMix64 random)
    {
        var sum = 0.0;
        if (counts is null)
        {
            for (var i = 0; i < deviations.Length; i++)
            {
                sum += deviations[random.NextBelow(deviations.Length)];
            }

            return sum / Total;
        }

        long total = 0;
        for (var i = 0; i < deviations.Length; i++)
        {
            var unit = random.NextBelow(deviations.Length);
            sum += deviations[unit];
            total += counts[unit];
        }

        return sum / total;
    }

    private static UnitSample Of(double[] values, ReadOnlySpan<int> groups)
    {
        if (groups.IsEmpty)
        {
            return new UnitSample(values, null);
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

        return new UnitSample([.. sums], [.. counts]);
    }
}

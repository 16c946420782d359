namespace BatchXai.Statistics;

/// <summary>
/// Units ready to be resampled. The mean is the ratio Σsum/Σcount over units; its standard error is linearised (Taylor):
/// √(m/(m−1)·Σ(sum − mean·count)²) / Σcount over m units, which for single items is s/√n.
/// </summary>
internal sealed class UnitSample
{
    private readonly double[] deviations;
    private readonly int[] counts;
    private readonly long total;

    public UnitSample(UnitSums units)
    {
        (counts, total) = (units.Counts, units.Total);
        Mean = units.Sum / total;
        deviations = new double[units.Units];
        for (var i = 0; i < deviations.Length; i++)
        {
            deviations[i] = units.Sums[i] - (Mean * (counts.Length == 0 ? 1 : counts[i]));
            var influence = deviations[i] / total;
            Squares += influence * influence;
            Cubes += influence * influence * influence;
        }
    }

    /// <summary>Number of units.</summary>
    public int Units => deviations.Length;

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
        if (counts.Length == 0)
        {
            for (var i = 0; i < deviations.Length; i++)
            {
                sum += deviations[random.NextBelow(deviations.Length)];
            }

            return sum / total;
        }

        long drawn = 0;
        for (var i = 0; i < deviations.Length; i++)
        {
            var unit = random.NextBelow(deviations.Length);
            sum += deviations[unit];
            drawn += counts[unit];
        }

        return sum / drawn;
    }
}

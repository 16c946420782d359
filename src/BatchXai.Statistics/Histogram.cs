namespace BatchXai.Statistics;

/// <summary>Counts in bins of equal width over [low, high]. A bin holds its lower edge; the last one its upper edge too.</summary>
public sealed class Histogram
{
    private readonly long[] counts;

    /// <summary>An empty histogram.</summary>
    /// <param name="low">Lower edge of the first bin.</param>
    /// <param name="high">Upper edge of the last bin, &gt; <paramref name="low"/>.</param>
    /// <param name="bins">Number of bins, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No bin, or no range.</exception>
    public Histogram(double low, double high, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        (Low, High) = (low, high);
        counts = new long[bins];
    }

    /// <summary>Lower edge of the first bin.</summary>
    public double Low { get; }

    /// <summary>Upper edge of the last bin.</summary>
    public double High { get; }

    /// <summary>Count of each bin, from low to high.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>Values below the first bin.</summary>
    public long Below { get; private set; }

    /// <summary>Values above the last bin.</summary>
    public long Above { get; private set; }

    /// <summary>Counts one value.</summary>
    /// <exception cref="ArgumentException">The value is not a number.</exception>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentException("NaN has no bin.", nameof(value));
        }

        if (value < Low)
        {
            Below++;
        }
        else if (value > High)
        {
            Above++;
        }
        else
        {
            // 0.3 / 0.1 is 2.9999999999999996: edges that are meant are met.
            var place = ((value - Low) / (High - Low) * counts.Length) + 1e-9;
            counts[Math.Min((int)place, counts.Length - 1)]++;
        }
    }
}

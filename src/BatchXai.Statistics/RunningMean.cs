namespace BatchXai.Statistics;

/// <summary>The mean of a stream of values, in double precision with compensated summation (Neumaier 1974). Values that are null are not counted.</summary>
public sealed class RunningMean
{
    private double sum;
    private double compensation;

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum.</summary>
    public double Sum => sum + compensation;

    /// <summary>Their mean; null when there are none.</summary>
    public double? Mean => Count == 0 ? null : Sum / Count;

    /// <summary>Counts a value; null does nothing.</summary>
    public void Add(double? value)
    {
        if (value is not { } x)
        {
            return;
        }

        var next = sum + x;
        compensation += Math.Abs(sum) >= Math.Abs(x) ? sum - next + x : x - next + sum;
        sum = next;
        Count++;
    }
}

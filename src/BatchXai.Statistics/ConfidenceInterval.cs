namespace BatchXai.Statistics;

/// <summary>A two-sided confidence interval, in the unit of the figure that it belongs to.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound, ≥ <paramref name="Low"/>.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>High − Low.</summary>
    public double Width => High - Low;

    /// <summary>True when the value lies between the bounds, bounds included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}

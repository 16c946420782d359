namespace BatchXai.Statistics.Verdicts;

/// <summary>A figure with its 95 % interval. Verdicts look at the bounds only.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="N">Independent units that it rests on.</param>
public readonly record struct Estimate(double Value, double Low, double High, long N)
{
    /// <summary>A figure and the interval that was computed for it.</summary>
    public static Estimate Of(double value, ConfidenceInterval interval, long n) => new(value, interval.Low, interval.High, n);

    /// <summary>The figure moved by a constant.</summary>
    public Estimate Plus(double shift) => new(Value + shift, Low + shift, High + shift, N);
}

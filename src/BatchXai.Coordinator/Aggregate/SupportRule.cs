using System.Runtime.InteropServices;
using BatchXai.Contracts.Reports;
using BatchXai.Statistics;
using BatchXai.Statistics.Proportions;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>How much a number of items allows to be said, applied to figures: below 10 none, below 30 no interval.</summary>
internal static class SupportRule
{
    public const int Figure = MinimumSupport.Figure;
    public const int Interval = MinimumSupport.Interval;

    public static Support For(long n) => n < Figure ? Support.PicturesOnly : n < Interval ? Support.Greyed : Support.Interval;

    public static double? Mean(RunningMean mean) => mean.Count < Figure ? null : mean.Mean;

    /// <summary>Interval of a mean; null below 30 values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="groups">Group of each value; null: bootstrap over values.</param>
    /// <param name="random">Source of the draws.</param>
    public static ConfidenceInterval? MeanInterval(List<float> values, List<int>? groups, SplitMix64 random) =>
        values.Count < Interval ? null : Bootstrap.MeanInterval(CollectionsMarshal.AsSpan(values), CollectionsMarshal.AsSpan(groups), random);

    public static BesideChance Beside(RunningMean value, RunningMean? chance) =>
        new(value.Count, Mean(value), chance is null ? null : Mean(chance));

    // Wilson holds at any n, so a proportion has its interval from the first item on.
    public static Proportion Share(double successes, long n)
    {
        if (n == 0)
        {
            return new Proportion(0, 0, null, null, null);
        }

        var interval = Wilson.Interval(Math.Clamp(successes, 0, n), n);
        return new Proportion(successes, n, successes / n, interval.Low, interval.High);
    }

    /// <summary>A share as the verdict takes it; null: nothing was judged.</summary>
    public static Estimate? Estimate(Proportion share) => share is { Value: { } value, Low: { } low, High: { } high, N: var n } ? new(value, low, high, n) : null;

    /// <summary>A difference as the report shows it.</summary>
    public static DifferenceFigure Difference(Estimate? estimate) => estimate is not { } figure ? new(0, null, null, null)
        : figure.N < Figure ? new(figure.N, null, null, null)
        : figure.N < Interval ? new(figure.N, figure.Value, null, null)
        : new(figure.N, figure.Value, figure.Low, figure.High);

    public static Proportion? ShareOfMaps(double successes, long n) => n < Figure ? null : Share(successes, n);
}

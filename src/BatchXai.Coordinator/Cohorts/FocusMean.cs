using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Statistics.Distributions;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>Mean focus of some heatmaps with its standard error, from sums over independent units: an item, or the group that it came in.</summary>
/// <param name="N">Heatmaps with a focus.</param>
/// <param name="Units">Independent units.</param>
/// <param name="Mean">Mean κ; 0 where there is none.</param>
/// <param name="Variance">Variance of that mean: of a ratio of sums over units (Cochran 1977, 6.4); 0 where there are fewer than two.</param>
internal readonly record struct FocusMean(long N, long Units, double Mean, double Variance)
{
    private static readonly double Z = NormalDistribution.TwoSidedZ(.95);

    /// <summary>Of sums by group.</summary>
    public static FocusMean Of(IEnumerable<MapSums> sums)
    {
        var (n, units, sum, squares, mixed, sizes) = (0L, 0L, 0.0, 0.0, 0.0, 0.0);
        foreach (var one in sums.Where(one => one.N > 0))
        {
            var alone = one.Group is null;
            n += one.N;
            sum += one.Sum;
            units += alone ? one.N : 1;
            squares += alone ? one.Squares : one.Sum * one.Sum;
            mixed += alone ? one.Sum : one.Sum * one.N;
            sizes += alone ? one.N : (double)one.N * one.N;
        }

        var mean = n == 0 ? 0 : sum / n;
        var residuals = Math.Max(0, squares - (2 * mean * mixed) + (mean * mean * sizes));
        return new(n, units, mean, units < 2 ? 0 : residuals / n / n * units / (units - 1));
    }

    /// <summary>The mean as it is shown: nothing below 10 heatmaps, no interval below 30 units.</summary>
    public MeanFigure Figure => N < MinimumSupport.Figure ? new(N, null, null, null) : Units < MinimumSupport.Interval ? new(N, Mean, null, null) : new(N, Mean, Mean - (Z * Math.Sqrt(Variance)), Mean + (Z * Math.Sqrt(Variance)));

    /// <summary>This mean − another, of other items.</summary>
    public DifferenceFigure Minus(FocusMean other)
    {
        var (units, value, error) = (Math.Min(Units, other.Units), Mean - other.Mean, Z * Math.Sqrt(Variance + other.Variance));
        return Math.Min(N, other.N) < MinimumSupport.Figure ? new(units, null, null, null) : units < MinimumSupport.Interval ? new(units, value, null, null) : new(units, value, value - error, value + error);
    }
}

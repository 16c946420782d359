using BatchXai.Attribution.Sanity;
using Xunit;

namespace BatchXai.Attribution.Tests.Sanity;

public class MapStatisticsTests
{
    [Fact]
    public void RankCorrelation_MatchesHandComputedValues()
    {
        Assert.Equal(1, MapStatistics.RankCorrelation([1, 2, 3], [10, 200, 3_000])!.Value, 1e-12);
        Assert.Equal(-1, MapStatistics.RankCorrelation([1, 2, 3], [3, 2, 1])!.Value, 1e-12);
        // Ranks 0 1 2 3 and 1 0 3 2: 1 − 6·4/(4·15).
        Assert.Equal(.6, MapStatistics.RankCorrelation([1, 2, 3, 4], [2, 1, 4, 3])!.Value, 1e-12);
        // A tie: ranks 0 1.5 1.5 3 against 0 1 2 3 give 4.5/√(4.5·5).
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), MapStatistics.RankCorrelation([0, 1, 1, 2], [0, 1, 2, 3])!.Value, 1e-12);
        Assert.Null(MapStatistics.RankCorrelation([0, 0, 0], [1, 2, 3]));
    }

    [Fact]
    public void HistogramEntropy_IsThatOfTheBins()
    {
        Assert.Equal(Math.Log(100), MapStatistics.HistogramEntropy([.. Enumerable.Range(0, 1_000).Select(i => i + .5f)])!.Value, 1e-9);
        Assert.Equal(Math.Log(2), MapStatistics.HistogramEntropy([.. Enumerable.Range(0, 200).Select(i => (float)(i % 2))])!.Value, 1e-12);
        Assert.Equal(0, MapStatistics.HistogramEntropy(new float[150])!.Value);
        Assert.Null(MapStatistics.HistogramEntropy(new float[99]));
    }
}

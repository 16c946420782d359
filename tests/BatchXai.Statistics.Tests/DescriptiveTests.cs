using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class DescriptiveTests
{
    // numpy.quantile([1, 2, 3, 4], q).
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void OfSorted_FourValues_IsLinearBetweenThem(double q, double expected) =>
        Assert.Equal(expected, Quantiles.OfSorted([1, 2, 3, 4], q), 12);

    [Fact]
    public void OfSorted_NoValue_Throws() => Assert.Throws<ArgumentException>(() => Quantiles.OfSorted([], 0.5));

    [Fact]
    public void Median_AnyOrder_IsTheMiddle()
    {
        Assert.Equal(2, Quantiles.Median([3f, 1f, 2f]));
        Assert.Equal(2.5, Quantiles.Median([4f, 1f, 3f, 2f]));
        Assert.Null(Quantiles.Median([]));
    }

    [Fact]
    public void Histogram_ValuesOnEdges_FallIntoTheUpperBinAndTheLastStaysInside()
    {
        var histogram = new Histogram(0, 1, 10);
        foreach (var value in new[] { 0, 0.3, 0.6, 0.7, 0.99, 1, -0.01, 1.01, -5 })
        {
            histogram.Add(value);
        }

        Assert.Equal([1, 0, 0, 1, 0, 0, 1, 1, 0, 2], histogram.Counts);
        Assert.Equal((2, 1), (histogram.Below, histogram.Above));
    }

    [Fact]
    public void Histogram_NaN_Throws() => Assert.Throws<ArgumentException>(() => new Histogram(0, 1, 2).Add(double.NaN));

    [Fact]
    public void RunningMean_ValuesThatCancel_LosesNothing()
    {
        var mean = new RunningMean();
        foreach (double? value in new double?[] { 1e16, null, 1, -1e16 })
        {
            mean.Add(value);
        }

        Assert.Equal(3, mean.Count);
        Assert.Equal(1.0 / 3, mean.Mean!.Value, 15);
    }

    [Fact]
    public void RunningMean_Nothing_HasNoMean() => Assert.Null(new RunningMean().Mean);
}

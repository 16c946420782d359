using BatchXai.Statistics.Distributions;
using Xunit;

namespace BatchXai.Statistics.Tests.Distributions;

public sealed class BetaDistributionTests
{
    // Closed forms: I_x(a, 1) = x^a, I_x(1, b) = 1 − (1 − x)^b, I_x(2, 2) = 3x² − 2x³, I_x(½, ½) = 2/π·arcsin √x.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Cumulative_ShapesWithAClosedForm_GivesIt(double x)
    {
        Assert.Equal(1, BetaDistribution.Cumulative(x, 7.5, 1) / Math.Pow(x, 7.5), 1e-11);
        Assert.Equal(1 - Math.Pow(1 - x, 60), BetaDistribution.Cumulative(x, 1, 60), 1e-12);
        Assert.Equal((3 * x * x) - (2 * x * x * x), BetaDistribution.Cumulative(x, 2, 2), 1e-12);
        Assert.Equal(2 / Math.PI * Math.Asin(Math.Sqrt(x)), BetaDistribution.Cumulative(x, 0.5, 0.5), 1e-12);
    }

    // P(Binomial(n, x) ≥ k) = I_x(k, n − k + 1), summed term by term.
    [Theory]
    [InlineData(10, 3, 0.2)]
    [InlineData(60, 31, 0.5)]
    [InlineData(200, 190, 0.97)]
    public void Cumulative_WholeShapes_IsTheBinomialTail(int n, int k, double x)
    {
        var term = Math.Pow(1 - x, n);
        var tail = 0.0;
        for (var i = 0; i <= n; i++)
        {
            tail += i >= k ? term : 0;
            term *= (n - i) / (i + 1.0) * x / (1 - x);
        }

        Assert.Equal(tail, BetaDistribution.Cumulative(x, k, n - k + 1), 1e-11);
    }

    [Theory]
    [InlineData(0.05, 3, 9)]
    [InlineData(0.975, 1, 60)]
    [InlineData(0.5, 40_000, 60_000)]
    public void Quantile_OfAProbability_HasThatProbability(double p, double a, double b) =>
        Assert.Equal(p, BetaDistribution.Cumulative(BetaDistribution.Quantile(p, a, b), a, b), 1e-9);

    [Fact]
    public void Quantile_Bounds_AreTheEnds()
    {
        Assert.Equal(0, BetaDistribution.Quantile(0, 2, 3), 1e-300);
        Assert.Equal(1, BetaDistribution.Quantile(1, 2, 3), 1e-5);
    }

    [Fact]
    public void Impossible_Arguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaDistribution.Cumulative(1.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaDistribution.Cumulative(0.5, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaDistribution.Quantile(double.NaN, 1, 1));
    }
}

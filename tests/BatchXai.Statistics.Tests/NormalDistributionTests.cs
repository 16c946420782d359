using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class NormalDistributionTests
{
    // Tabulated to 15 digits in AS 241 and in any statistics package.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.575829303548901)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-20, -9.262340089798408)]
    public void Quantile_TabulatedProbability_GivesTabulatedZ(double p, double z) => Assert.Equal(z, NormalDistribution.Quantile(p), 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_NotAProbabilityInside_Throws(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(p));
}

using BatchXai.Statistics.Distributions;
using Xunit;

namespace BatchXai.Statistics.Tests.Distributions;

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

    // Abramowitz and Stegun, tables 26.1 and 26.2; Φ(−z) at z = 10 from Q(10) = 7.619853024160527e-24.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145705)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(2.0000001, 0.022750126549)]
    [InlineData(5, 2.866515718791939e-7)]
    [InlineData(10, 7.619853024160527e-24)]
    [InlineData(-1, 0.8413447460685429)]
    public void UpperTail_TabulatedZ_GivesTabulatedProbability(double z, double p) =>
        Assert.Equal(1, NormalDistribution.UpperTail(z) / p, 1e-9);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.0213)]
    [InlineData(1e-9)]
    public void UpperTail_OfTheQuantile_IsTheProbability(double p) =>
        Assert.Equal(1, NormalDistribution.UpperTail(-NormalDistribution.Quantile(p)) / p, 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_NotAProbabilityInside_Throws(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(p));
}

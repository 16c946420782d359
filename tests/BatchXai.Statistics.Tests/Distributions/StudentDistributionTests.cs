using BatchXai.Statistics.Distributions;
using Xunit;

namespace BatchXai.Statistics.Tests.Distributions;

public sealed class StudentDistributionTests
{
    // The table of every textbook: upper 2.5 %, 5 % and .5 % points.
    [Theory]
    [InlineData(0.975, 1, 12.7062)]
    [InlineData(0.975, 9, 2.2622)]
    [InlineData(0.95, 19, 1.7291)]
    [InlineData(0.995, 49, 2.6800)]
    [InlineData(0.025, 29, -2.0452)]
    [InlineData(0.5, 7, 0)]
    public void Quantile_TabulatedProbability_GivesTabulatedT(double p, double degrees, double t) =>
        Assert.Equal(t, StudentDistribution.Quantile(p, degrees), 1e-4);

    // Cauchy: ½ − arctan(t)/π. Two degrees: ½ − t / (2√(2 + t²)).
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(-3)]
    [InlineData(40)]
    public void UpperTail_FewDegrees_IsTheClosedForm(double t)
    {
        Assert.Equal(0.5 - (Math.Atan(t) / Math.PI), StudentDistribution.UpperTail(t, 1), 1e-12);
        Assert.Equal(0.5 - (t / (2 * Math.Sqrt(2 + (t * t)))), StudentDistribution.UpperTail(t, 2), 1e-12);
    }

    [Fact]
    public void UpperTail_ManyDegrees_IsNormal() =>
        Assert.Equal(NormalDistribution.UpperTail(1.7), StudentDistribution.UpperTail(1.7, 1e7), 1e-7);

    [Fact]
    public void Impossible_Arguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.UpperTail(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.Quantile(1, 5));
    }
}

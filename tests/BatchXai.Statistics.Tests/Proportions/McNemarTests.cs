using BatchXai.Statistics.Proportions;
using Xunit;

namespace BatchXai.Statistics.Tests.Proportions;

public sealed class McNemarTests
{
    // Fagerland, Lydersen and Laake 2013, BMC Med. Res. Methodol. 13, 91: exact conditional test.
    [Theory]
    [InlineData(1, 7, 0.070)]
    [InlineData(6, 16, 0.052)]
    public void PValue_FewDiscordant_IsExact(long first, long second, double p) =>
        Assert.Equal(p, McNemar.PValue(new PairedCounts(59, first, second, 80)), 3);

    // χ² = (|10 − 15| − 1)²/25 = .64 and (|86 − 150| − 1)²/236 = 16.818; p from the χ² table with one degree of freedom.
    [Theory]
    [InlineData(10, 15, 0.42371)]
    [InlineData(15, 10, 0.42371)]
    [InlineData(86, 150, 0.00004114)]
    public void PValue_ManyDiscordant_IsChiSquareWithContinuityCorrection(long first, long second, double p) =>
        Assert.Equal(1, McNemar.PValue(new PairedCounts(700, first, second, 500)) / p, 1e-3);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(20, 20)]
    public void PValue_NoImbalance_IsOne(long first, long second) =>
        Assert.Equal(1, McNemar.PValue(new PairedCounts(3, first, second, 4)), 12);

    [Fact]
    public void PValue_AtTheChangeOfTests_HardlyJumps() => Assert.Equal(
        McNemar.PValue(new PairedCounts(0, 6, 18, 0)), McNemar.PValue(new PairedCounts(0, 6, 19, 0)), 0.01);
}

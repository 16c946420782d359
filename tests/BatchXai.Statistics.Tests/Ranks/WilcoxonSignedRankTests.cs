using BatchXai.Statistics.Ranks;
using Xunit;

namespace BatchXai.Statistics.Tests.Ranks;

public sealed class WilcoxonSignedRankTests
{
    // Darwin's maize, cross- minus self-fertilised (eighths of an inch): scipy.stats.wilcoxon documents p = .041259765625.
    [Fact]
    public void PValue_DarwinsMaize_IsExact() => Assert.Equal(
        0.041259765625, WilcoxonSignedRank.PValue([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]), 12);

    // Depression scores before and after, Hollander and Wolfe 1973: R's wilcox.test documents one-sided p = .01953, V = 40.
    [Fact]
    public void PValue_HollanderAndWolfe_IsExact() => Assert.Equal(
        2 * 0.01953125, WilcoxonSignedRank.PValue([0.952f, -0.147f, 1.022f, 0.43f, 0.62f, 0.59f, 0.49f, -0.08f, 0.01f]), 12);

    // Student's sleep data have a zero and a tie: R's wilcox.test gives p = .009091.
    [Fact]
    public void PValue_TiesAndZero_IsTheNormalLimitWithCorrections() => Assert.Equal(
        0.009091, WilcoxonSignedRank.PValue([1.2f, 2.4f, 1.3f, 1.3f, 0, 1, 1.8f, 0.8f, 4.6f, 1.4f]), 6);

    [Fact]
    public void PValue_SignsTurned_IsTheSame()
    {
        float[] values = [.. Enumerable.Range(1, 60).Select(i => i % 3 == 0 ? -i : (float)i)];

        Assert.Equal(WilcoxonSignedRank.PValue(values), WilcoxonSignedRank.PValue([.. values.Select(value => -value)]), 12);
    }

    [Fact]
    public void PValue_AtTheChangeOfTests_HardlyJumps()
    {
        float[] values = [.. Enumerable.Range(1, WilcoxonSignedRank.ExactUpTo).Select(i => i % 3 == 0 ? -i : (float)i)];

        Assert.Equal(1, WilcoxonSignedRank.PValue(values) / WilcoxonSignedRank.PValue([.. values, -0.5f]), 0.2);
    }

    [Fact]
    public void PValue_NothingOrBalance_IsOne()
    {
        Assert.Equal(1, WilcoxonSignedRank.PValue([]));
        Assert.Equal(1, WilcoxonSignedRank.PValue([0, 0]));
        Assert.Equal(1, WilcoxonSignedRank.PValue([1, -1]));
    }
}

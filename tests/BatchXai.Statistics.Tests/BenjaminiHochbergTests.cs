using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class BenjaminiHochbergTests
{
    // Benjamini and Hochberg 1995, section 3.2: 15 tests, of which the first four are found at q = .05 (Bonferroni: three).
    private static readonly double[] Published =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000];

    [Fact]
    public void Adjust_PublishedFamily_FindsThePublishedFour() =>
        Assert.Equal(4, BenjaminiHochberg.Adjust(Published).Count(p => p <= 0.05));

    [Fact]
    public void Adjust_AnyOrder_BelongsToItsTest()
    {
        var adjusted = BenjaminiHochberg.Adjust([0.04, 0.01, 0.03, 0.9]);

        Assert.Equal(4 * 0.04 / 3, adjusted[0], 12);
        Assert.Equal(0.04, adjusted[1], 12);
        Assert.Equal(4 * 0.04 / 3, adjusted[2], 12);
        Assert.Equal(0.9, adjusted[3], 12);
        Assert.Empty(BenjaminiHochberg.Adjust([]));
    }

    [Fact]
    public void Adjust_SteppedUp_FindsWhatTheRuleOfThePaperFinds()
    {
        var random = new SplitMix64(8);
        for (var round = 0; round < 100; round++)
        {
            var p = Enumerable.Range(0, 40).Select(_ => Math.Pow(random.NextUniform(), 3)).ToArray();
            var last = p.Order().Select((value, i) => (value, i)).Where(pair => pair.value <= 0.05 * (pair.i + 1) / 40).Select(pair => pair.i + 1).LastOrDefault();

            Assert.Equal(last, BenjaminiHochberg.Adjust(p).Count(adjusted => adjusted <= 0.05));
        }
    }
}

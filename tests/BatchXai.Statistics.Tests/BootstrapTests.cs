using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class BootstrapTests
{
    [Fact]
    public void MeanInterval_NormalValues_HasTheWidthOfNormalTheory()
    {
        var values = Normal(new SplitMix64(11), 200);
        var (mean, sd) = MeanAndSd(values);

        var interval = Bootstrap.MeanInterval(values, [], new SplitMix64(1))!.Value;

        Assert.Equal(1, interval.Width / (2 * 1.959964 * sd / Math.Sqrt(200)), 0.08);
        Assert.Equal(mean, (interval.Low + interval.High) / 2, 0.03);
    }

    [Fact]
    public void MeanInterval_SkewedValues_IsSkewedToo()
    {
        var values = Normal(new SplitMix64(3), 40).Select(x => MathF.Exp(1.5f * x)).ToArray();
        var mean = values.Average();

        var interval = Bootstrap.MeanInterval(values, [], new SplitMix64(1))!.Value;

        Assert.True(interval.High - mean > 1.1 * (mean - interval.Low));
    }

    [Fact]
    public void MeanInterval_SameSeed_IsTheSame()
    {
        var values = Normal(new SplitMix64(5), 50);

        Assert.Equal(Bootstrap.MeanInterval(values, [], new SplitMix64(9)), Bootstrap.MeanInterval(values, [], new SplitMix64(9)));
        Assert.NotEqual(Bootstrap.MeanInterval(values, [], new SplitMix64(9)), Bootstrap.MeanInterval(values, [], new SplitMix64(10)));
    }

    [Fact]
    public void MeanInterval_CopiesInOneGroup_CountAsOne()
    {
        var values = Normal(new SplitMix64(7), 60);
        var copies = values.SelectMany(value => Enumerable.Repeat(value, 4)).ToArray();
        var groups = Enumerable.Range(0, copies.Length).Select(i => i / 4).ToArray();

        var once = Bootstrap.MeanInterval(values, [], new SplitMix64(1))!.Value;
        var grouped = Bootstrap.MeanInterval(copies, groups, new SplitMix64(1))!.Value;
        var alone = Bootstrap.MeanInterval(copies, [], new SplitMix64(1))!.Value;

        Assert.Equal(once.Low, grouped.Low, 6);
        Assert.Equal(once.High, grouped.High, 6);
        Assert.Equal(0.5, alone.Width / grouped.Width, 0.05);
    }

    [Fact]
    public void MeanInterval_OneUnit_IsUnknown()
    {
        Assert.Null(Bootstrap.MeanInterval([1f], [], new SplitMix64(1)));
        Assert.Null(Bootstrap.MeanInterval([1f, 2f, 3f], [5, 5, 5], new SplitMix64(1)));
    }

    [Fact]
    public void MeanInterval_ManyUnits_IsTheNormalLimit()
    {
        var values = Normal(new SplitMix64(13), Bootstrap.NormalLimitUnits);
        var (mean, sd) = MeanAndSd(values);

        var interval = Bootstrap.MeanInterval(values, [], new SplitMix64(1))!.Value;
        var half = 1.959963984540054 * sd / Math.Sqrt(values.Length);

        Assert.Equal(mean - half, interval.Low, 1e-6);
        Assert.Equal(mean + half, interval.High, 1e-6);
    }

    [Fact]
    public void MeanInterval_JustBelowAndAboveTheLimit_Agree()
    {
        var values = Normal(new SplitMix64(17), Bootstrap.NormalLimitUnits);

        var resampled = Bootstrap.MeanInterval(values.AsSpan(1), [], new SplitMix64(1), resamples: 400)!.Value;
        var limit = Bootstrap.MeanInterval(values, [], new SplitMix64(1))!.Value;

        Assert.Equal(1, resampled.Width / limit.Width, 0.15);
    }

    [Fact]
    public void MeanInterval_ManySamples_CoversTheTruthAboutAsOftenAsItSays()
    {
        var random = new SplitMix64(2024);
        var covered = Enumerable.Range(0, 500)
            .Count(_ => Bootstrap.MeanInterval(Normal(random, 40), [], random, resamples: 300)!.Value.Contains(0));

        // Nominal 475 of 500; the percentile bootstrap is a little short at n = 40.
        Assert.InRange(covered, 450, 490);
    }

    [Fact]
    public void MeanInterval_GroupsOfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => Bootstrap.MeanInterval([1f, 2f], [1], new SplitMix64(1)));

    private static float[] Normal(SplitMix64 random, int n) =>
        [.. Enumerable.Range(0, n).Select(_ => (float)NormalDistribution.Quantile(Math.Max(random.NextUniform(), 1e-15)))];

    private static (double Mean, double Sd) MeanAndSd(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}

using BatchXai.Statistics.Distributions;
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
        var half = 1.959963984540054 * sd / Math.Sqrt(values.Length - 1);

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
    public void MeanInterval_OneValueStandsOut_StaysWithinTheValues()
    {
        float[] values = [.. Enumerable.Repeat(1f, 29), 0];

        // A third of the resamples miss the one value, and then know no spread.
        var interval = Bootstrap.MeanInterval(values, [], new SplitMix64(1))!.Value;

        Assert.InRange(interval.Low, 0, 29 / 30.0);
        Assert.InRange(interval.High, 29 / 30.0, 1);
    }

    [Fact]
    public void MeanInterval_EqualValues_HasNoWidth() =>
        Assert.Equal(0, Bootstrap.MeanInterval([0.1f, 0.1f, 0.1f], [], new SplitMix64(1))!.Value.Width, 12);

    [Fact]
    public void PairedDifferenceInterval_IsTheIntervalOfTheDifferences()
    {
        var (first, second) = (Normal(new SplitMix64(5), 60), Normal(new SplitMix64(6), 60));
        float[] differences = [.. first.Zip(second, (a, b) => a - b)];

        var paired = Bootstrap.PairedDifferenceInterval(first, second, [], new SplitMix64(9))!.Value;
        var mean = Bootstrap.MeanInterval(differences, [], new SplitMix64(9))!.Value;

        Assert.Equal(mean.Low, paired.Low, 6);
        Assert.Equal(mean.High, paired.High, 6);
        Assert.Throws<ArgumentException>(() => Bootstrap.PairedDifferenceInterval(first, [1f], [], new SplitMix64(1)));
    }

    [Fact]
    public void DifferenceInterval_NormalValues_HasTheWidthOfNormalTheory()
    {
        var (first, second) = (Normal(new SplitMix64(5), 150), Normal(new SplitMix64(6), 300));
        var error = Math.Sqrt(Math.Pow(MeanAndSd(first).Sd, 2) / 149 + Math.Pow(MeanAndSd(second).Sd, 2) / 299);

        var interval = Bootstrap.DifferenceInterval(first, [], second, [], new SplitMix64(1))!.Value;

        Assert.Equal(1, interval.Width / (2 * 1.959964 * error), 0.08);
        Assert.Equal(first.Average() - second.Average(), (interval.Low + interval.High) / 2, 0.03);
    }

    [Fact]
    public void DifferenceInterval_OneSideVeryLarge_IsThatOfTheSmallSide()
    {
        var small = Normal(new SplitMix64(5), 80);
        var large = Normal(new SplitMix64(6), 1_000_000);

        var difference = Bootstrap.DifferenceInterval(small, [], large, [], new SplitMix64(1))!.Value;
        var alone = Bootstrap.MeanInterval(small, [], new SplitMix64(1))!.Value;

        Assert.Equal(alone.Low, difference.Low, 0.03);
        Assert.Equal(alone.High, difference.High, 0.03);
        Assert.Null(Bootstrap.DifferenceInterval(small, [], [1f], [], new SplitMix64(1)));
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

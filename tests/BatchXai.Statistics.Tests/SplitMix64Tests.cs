using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class SplitMix64Tests
{
    // Output of the authors' C code for seed 1234567.
    [Fact]
    public void Next_KnownSeed_GivesKnownNumbers()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void NextBelow_ManyDraws_FillsEveryPlaceEvenly()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.NextBelow(7)]++;
        }

        // Standard deviation of a count is 93.
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void For_OtherName_IsAnotherStream()
    {
        Assert.Equal(SplitMix64.For(7, "a").Next(), SplitMix64.For(7, "a").Next());
        Assert.NotEqual(SplitMix64.For(7, "a").Next(), SplitMix64.For(7, "b").Next());
        Assert.NotEqual(SplitMix64.For(7, "a").Next(), SplitMix64.For(8, "a").Next());
    }
}

using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class PermutationTestTests
{
    // Survival of mice, Efron and Tibshirani 1993, table 2.1; their permutation p over 1,000 draws is .132 (section 15.2).
    private static readonly double[] Control = [52, 104, 146, 10, 51, 30, 40, 27, 46];
    private static readonly double[] Treated = [94, 197, 16, 38, 99, 141, 23];

    [Fact]
    public void PLower_TheMice_IsTheShareOfAllRelabellings()
    {
        double[] all = [.. Control, .. Treated];
        var exact = Relabellings(all, Control.Length, Control.Sum());

        // Stops at 50 as low: the standard error of p is p·√((1 − p)/50).
        var sequential = new PermutationTest(all, []).PLower(9, Control.Sum(), 9, new SplitMix64(3));

        Assert.Equal(0.132, exact, 0.02);
        Assert.Equal(exact, sequential, 4 * exact * Math.Sqrt((1 - exact) / 50));
    }

    [Fact]
    public void PLower_LowestOfAll_IsOneInDrawsPlusOne()
    {
        double[] all = [.. Enumerable.Range(0, 100)];
        var test = new PermutationTest(all, []);

        Assert.Equal(1 / 1000.0, test.PLower(30, all.Take(30).Sum(), 30, new SplitMix64(1), 999), 12);
        Assert.Equal(1, test.PLower(30, all.Skip(70).Sum(), 30, new SplitMix64(1), 999), 0.02);
    }

    [Fact]
    public void PLower_AskedAgain_IsTheSame()
    {
        double[] all = [.. Control, .. Treated];
        var test = new PermutationTest(all, []);
        var first = test.PLower(9, Control.Sum(), 9, new SplitMix64(5));

        test.PLower(3, 100, 3, new SplitMix64(6));

        Assert.Equal(first, test.PLower(9, Control.Sum(), 9, new SplitMix64(5)));
    }

    [Fact]
    public void PLower_GroupsOfEqualValues_CountOncePerGroup()
    {
        var copies = Control.Concat(Treated).Select(value => value * 5).ToArray();
        var counts = Enumerable.Repeat(5, copies.Length).ToArray();
        var items = new PermutationTest([.. Control, .. Treated], []).PLower(9, Control.Sum(), 9, new SplitMix64(3));

        Assert.Equal(items, new PermutationTest(copies, counts).PLower(9, Control.Sum() * 5, 45, new SplitMix64(3)), 12);
    }

    [Fact]
    public void PLower_ValuesThatAllEqual_IsOne() =>
        Assert.Equal(1, new PermutationTest([0.1, 0.1, 0.1, 0.1, 0.1], []).PLower(2, 0.2, 2, new SplitMix64(1)));

    [Fact]
    public void PLower_NoEffect_IsUniform()
    {
        var random = new SplitMix64(77);
        var below = new int[3];
        for (var round = 0; round < 2000; round++)
        {
            double[] all = [.. Enumerable.Range(0, 40).Select(_ => random.NextUniform())];
            var p = new PermutationTest(all, []).PLower(10, all.Take(10).Sum(), 10, random, 999);
            below[0] += p <= 0.01 ? 1 : 0;
            below[1] += p <= 0.05 ? 1 : 0;
            below[2] += p <= 0.5 ? 1 : 0;
        }

        // Four standard errors of a count.
        Assert.Equal(20, below[0], 18.0);
        Assert.Equal(100, below[1], 39.0);
        Assert.Equal(1000, below[2], 90.0);
    }

    [Fact]
    public void Impossible_Arguments_Throw()
    {
        var test = new PermutationTest([1, 2, 3], []);
        Assert.Throws<ArgumentOutOfRangeException>(() => test.PLower(3, 6, 3, new SplitMix64(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.PLower(0, 0, 0, new SplitMix64(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.PLower(1, 1, 1, new SplitMix64(1), 10));
        Assert.Throws<ArgumentException>(() => new PermutationTest([1, 2], [1]));
    }

    private static double Relabellings(double[] all, int size, double seen)
    {
        int asLow = 0, count = 0;
        for (var set = 0; set < 1 << all.Length; set++)
        {
            if (int.PopCount(set) == size)
            {
                count++;
                asLow += Enumerable.Range(0, all.Length).Where(i => (set >> i & 1) == 1).Sum(i => all[i]) <= seen ? 1 : 0;
            }
        }

        return (double)asLow / count;
    }
}

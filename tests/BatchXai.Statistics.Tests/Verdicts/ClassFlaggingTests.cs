using BatchXai.Statistics.Verdicts;
using Xunit;

namespace BatchXai.Statistics.Tests.Verdicts;

public sealed class ClassFlaggingTests
{
    private static readonly VerdictThresholds Defaults = new();

    // Without the effect gate, so that the test of significance alone is on trial. δ ≤ 1 holds always.
    private static readonly VerdictThresholds Ungated = new() { CliffDelta = 1 };

    [Fact]
    public void Flag_HundredHarmlessClasses_FalseDiscoveriesStayBelowQ()
    {
        const int Rounds = 200;
        var random = new SplitMix64(31);
        var falseAlarms = Enumerable.Range(0, Rounds)
            .Count(round => ClassFlagging.Flag(Classes(random, 100, 0), Ungated, round).Any(flag => flag.Flagged));

        // No class is different, so any flag is a false discovery and the rate is the share of rounds with one.
        var rate = (double)falseAlarms / Rounds;
        TestContext.Current.TestOutputHelper?.WriteLine($"false discovery rate {rate:P1}");
        Assert.InRange(rate, 0, 0.05 + (2 * Math.Sqrt(0.05 * 0.95 / Rounds)));
    }

    [Fact]
    public void Flag_TenOfAHundredLookElsewhere_FindsThemAndFewOthers()
    {
        const int Rounds = 30;
        var random = new SplitMix64(32);
        var (found, falseRates) = (0, new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var flags = ClassFlagging.Flag(Classes(random, 100, 10), Defaults, round);
            var hits = flags.Take(10).Count(flag => flag.Flagged);
            var all = flags.Count(flag => flag.Flagged);
            found += hits;
            falseRates.Add(all == 0 ? 0 : (double)(all - hits) / all);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"recall {found / (10.0 * Rounds):P1}, false discovery rate {falseRates.Average():P1}");
        Assert.InRange(found / (10.0 * Rounds), 0.9, 1);
        Assert.InRange(falseRates.Average(), 0, 0.05 + (2 * Math.Sqrt(0.05 * 0.95 / Rounds)));
    }

    [Fact]
    public void Flag_ClearClass_HasTheFiguresBehindIt()
    {
        var random = new SplitMix64(5);
        var flags = ClassFlagging.Flag([Class("low", Samples.Focus(random, 60, 0)), Class("high", Samples.Focus(random, 200, 0.5))], Defaults, 1);

        Assert.True(flags[0].Flagged);
        Assert.Equal((60, "low"), (flags[0].Units, flags[0].Class));
        Assert.InRange(flags[0].FocusDifference!.Value, -0.6, -0.4);
        Assert.InRange(flags[0].CliffDelta!.Value, -1, -0.8);
        Assert.Equal(1.0 / (PermutationTest.DefaultDraws + 1), flags[0].P!.Value, 12);
        Assert.Equal(2 * flags[0].P!.Value, flags[0].AdjustedP!.Value, 12);
        Assert.False(flags[1].Flagged);
        Assert.Equal(-flags[0].CliffDelta!.Value, flags[1].CliffDelta!.Value, 12);
    }

    [Fact]
    public void Flag_FortyNineItems_AreNotTested()
    {
        var random = new SplitMix64(5);
        var few = Samples.Focus(random, 49, -0.5);
        var rest = Class("rest", Samples.Focus(random, 200, 0.5));

        var flag = ClassFlagging.Flag([Class("few", few), rest], Defaults, 1)[0];
        var enough = ClassFlagging.Flag([Class("few", [.. few, -0.5f]), rest], Defaults, 1)[0];

        Assert.Equal((null, null, false), (flag.P, flag.AdjustedP, flag.Flagged));
        Assert.NotNull(flag.CliffDelta);
        Assert.True(enough.Flagged);
    }

    [Fact]
    public void Flag_SignificantButSmall_IsNoFlag()
    {
        var random = new SplitMix64(6);
        var flag = ClassFlagging.Flag([Class("a", Samples.Focus(random, 4000, 0.46)), Class("b", Samples.Focus(random, 4000, 0.5))], Defaults, 1)[0];

        Assert.InRange(flag.AdjustedP!.Value, 0, 0.01);
        Assert.False(flag.Flagged);
    }

    [Theory]
    [InlineData(-1, -0.01, true)]
    [InlineData(-0.01, -2, true)]
    [InlineData(-1, -2, false)]
    public void Flag_OneOfTwoEffects_IsEnough(double delta, double difference, bool flagged)
    {
        var random = new SplitMix64(6);
        var thresholds = new VerdictThresholds { CliffDelta = delta, FocusDifference = difference };

        Assert.Equal(flagged, ClassFlagging.Flag([Class("a", Samples.Focus(random, 300, 0.3)), Class("b", Samples.Focus(random, 300, 0.5))], thresholds, 1)[0].Flagged);
    }

    [Fact]
    public void Flag_HundredItemsOfFivePatients_AreFiveUnits()
    {
        var random = new SplitMix64(6);
        int[] patients = [.. Enumerable.Range(0, 100).Select(i => i / 20)];
        var flags = ClassFlagging.Flag([new ClassFocus("a", Samples.Focus(random, 100, -0.5), patients), Class("b", Samples.Focus(random, 300, 0.5))], Defaults, 1);

        Assert.Equal((5, null, false), (flags[0].Units, flags[0].P, flags[0].Flagged));
        Assert.Equal(300, flags[1].Units);
    }

    [Fact]
    public void Flag_OnlyOneClassOrNone_HasNothingToBeComparedWith()
    {
        var flag = ClassFlagging.Flag([Class("a", Samples.Focus(new SplitMix64(1), 80, 0))], Defaults, 1)[0];

        Assert.Equal((null, null, null, false), (flag.P, flag.CliffDelta, flag.FocusDifference, flag.Flagged));
        Assert.Empty(ClassFlagging.Flag([], Defaults, 1));
    }

    [Fact]
    public void Flag_OtherClassesAdded_OrderOfClassesChangesNothing()
    {
        var random = new SplitMix64(6);
        var (a, b, c) = (Class("a", Samples.Focus(random, 60, 0.4)), Class("b", Samples.Focus(random, 60, 0.5)), Class("c", []));

        var one = ClassFlagging.Flag([a, b, c], Defaults, 1);
        var other = ClassFlagging.Flag([a, c, b], Defaults, 1);

        Assert.Equal(one[0], other[0]);
        Assert.Equal(0, one[2].Units);
    }

    private static ClassFocus Class(string name, float[] focus) => new(name, focus, default);

    private static List<ClassFocus> Classes(SplitMix64 random, int count, int low) =>
        [.. Enumerable.Range(0, count).Select(i => Class($"c{i}", Samples.Focus(random, 50, i < low ? 0.2 : 0.4)))];
}

using BatchXai.Statistics.Proportions;
using BatchXai.Statistics.Verdicts;
using Xunit;

namespace BatchXai.Statistics.Tests.Verdicts;

public sealed class CausalTallyTests
{
    [Fact]
    public void Evidence_Counts_AreTheDifferencesAndTheirIntervals()
    {
        var tally = new CausalTally("blur", grouped: false);
        Add(tally, 18, true, true);
        Add(tally, 12, true, false);
        Add(tally, 2, false, true);
        Add(tally, 18, false, false);

        var evidence = tally.Evidence(0.1, new SplitMix64(1));

        // The published example of ProportionDifference.
        var gap = evidence.BackgroundGap!.Value;
        Assert.Equal("blur", evidence.Fill);
        Assert.Equal((0.2, 50), (gap.Value, gap.N));
        Assert.Equal(0.0562, gap.Low, 4);
        Assert.Equal(0.3290, gap.High, 4);

        // Flipped where mixed_rand is wrong (30 of 50), placebo never; right without the object nowhere.
        Assert.Equal(0.6, evidence.NetFlipRate!.Value.Value, 12);
        Assert.Equal(0, evidence.PlaceboFlipRate!.Value.Value);
        Assert.Equal(Wilson.Interval(0, 50).High, evidence.PlaceboFlipRate!.Value.High, 12);
        Assert.Equal(-0.1, evidence.NoObjectExcess!.Value.Value, 12);
        Assert.Equal(Wilson.Interval(0, 50).High - 0.1, evidence.NoObjectExcess!.Value.High, 12);
        Assert.Equal((0, 50), tally.NoObject);
    }

    [Fact]
    public void Evidence_TestWithoutResult_LeavesThatMeasureOnly()
    {
        var tally = new CausalTally("blur", grouped: false);
        tally.Add(null, true, true, false, true, 0);
        tally.Add(null, null, true, false, null, 0);

        var evidence = tally.Evidence(0.5, new SplitMix64(1));

        Assert.Null(evidence.BackgroundGap);
        Assert.Equal((1, 2), (evidence.NetFlipRate!.Value.Value, evidence.NetFlipRate!.Value.N));
        Assert.Equal((0.5, 1), (evidence.NoObjectExcess!.Value.Value, evidence.NoObjectExcess!.Value.N));
    }

    [Fact]
    public void ClassEvidence_ModelFallsBackOnTheClass_IsNoExcess()
    {
        var tally = new CausalTally("blur", grouped: false);
        for (var i = 0; i < 60; i++)
        {
            tally.Add(true, true, false, false, true, 0);
        }

        // Without any object it always answers this class: also for the items of the other classes.
        var fallback = tally.ClassEvidence(300, 300, new SplitMix64(1)).NoObjectExcess!.Value;
        var knows = tally.ClassEvidence(30, 300, new SplitMix64(1)).NoObjectExcess!.Value;

        Assert.Equal(0, fallback.Value, 12);
        Assert.InRange(fallback.Low, -0.1, 0);
        Assert.InRange(knows.Low, 0.75, 0.9);
        Assert.Null(tally.ClassEvidence(0, 0, new SplitMix64(1)).NoObjectExcess);
    }

    [Fact]
    public void Evidence_GroupsThatAgree_AreFewerAndLessSure()
    {
        var (items, patients) = (new CausalTally("blur", grouped: false), new CausalTally("blur", grouped: true));
        for (var i = 0; i < 200; i++)
        {
            var lost = i / 20 % 3 == 0;
            items.Add(true, !lost, lost, false, false, i / 20);
            patients.Add(true, !lost, lost, false, false, i / 20);
        }

        var alone = items.Evidence(0.1, new SplitMix64(1)).BackgroundGap!.Value;
        var grouped = patients.Evidence(0.1, new SplitMix64(1)).BackgroundGap!.Value;

        Assert.Equal((200, 10), (alone.N, grouped.N));
        Assert.Equal(alone.Value, grouped.Value, 12);
        Assert.True(grouped.High - grouped.Low > 2 * (alone.High - alone.Low));
    }

    [Fact]
    public void Evidence_GroupsWithoutAnyFlip_IsNotCertain()
    {
        var tally = new CausalTally("blur", grouped: true);
        for (var i = 0; i < 60; i++)
        {
            tally.Add(true, true, false, false, false, i / 2);
        }

        Assert.InRange(tally.Evidence(0.1, new SplitMix64(1)).NetFlipRate!.Value.High, 0.03, 0.2);
    }

    [Fact]
    public void Evidence_Nothing_IsNothing()
    {
        var evidence = new CausalTally("blur", grouped: true).Evidence(0.1, new SplitMix64(1));

        Assert.Equal((null, null, null, null), (evidence.BackgroundGap, evidence.NetFlipRate, evidence.NoObjectExcess, evidence.PlaceboFlipRate));
    }

    private static void Add(CausalTally tally, int times, bool same, bool rand)
    {
        for (var i = 0; i < times; i++)
        {
            tally.Add(same, rand, !rand, false, false, 0);
        }
    }
}

using BatchXai.Statistics.Verdicts;
using Xunit;
using static BatchXai.Statistics.Tests.Verdicts.Samples;

namespace BatchXai.Statistics.Tests.Verdicts;

public sealed class VerdictRuleTests
{
    private static readonly VerdictThresholds Defaults = new();

    [Fact]
    public void Judge_NothingFound_Passes()
    {
        var verdict = Judge(Evidence(Causal()));

        Assert.Equal((VerdictState.Pass, CausalMode.Full, CausalLevel.Absent), (verdict.State, verdict.Causal, verdict.CausalLevel));
        Assert.Equal((ReasonCode.NoSign, VerdictState.Pass), (Assert.Single(verdict.Reasons).Code, verdict.Reasons[0].State));
        Assert.Equal([VerdictLimit.OnObjectCues, VerdictLimit.GlobalCues], verdict.Limits);
    }

    [Theory]
    [InlineData(0.13, 0, 0, ReasonCode.BackgroundGap, 0.1)]
    [InlineData(0, 0.23, 0, ReasonCode.NetFlipRate, 0.2)]
    [InlineData(0, 0, 0.18, ReasonCode.NoObjectAccuracy, 0.15)]
    public void Judge_LowerBoundAboveALimitWithBothFills_Fails(double gap, double flips, double excess, ReasonCode code, double limit)
    {
        var verdict = Judge(Evidence(Causal(Around(gap), Around(flips), Around(excess))));

        Assert.Equal((VerdictState.Fail, CausalLevel.Present), (verdict.State, verdict.CausalLevel));
        var reason = Assert.Single(verdict.Reasons);
        Assert.Equal((code, VerdictState.Fail, limit), (reason.Code, reason.State, reason.Limit!.Value));
        Assert.Equal(["diffusion", "blur"], reason.Fills.Select(fill => fill.Fill));
    }

    [Theory]
    [InlineData(0.11, 0, 0, ReasonCode.BackgroundGap, 0.05)]
    [InlineData(0, 0.21, 0, ReasonCode.NetFlipRate, 0.1)]
    [InlineData(0, 0, 0.16, ReasonCode.NoObjectAccuracy, 0.075)]
    public void Judge_OnlyTheFigureAboveTheLimit_Warns(double gap, double flips, double excess, ReasonCode code, double limit)
    {
        var verdict = Judge(Evidence(Causal(Around(gap), Around(flips), Around(excess))));

        Assert.Equal(VerdictState.Warn, verdict.State);
        Assert.Equal((code, VerdictState.Warn, limit), (verdict.Reasons[0].Code, verdict.Reasons[0].State, verdict.Reasons[0].Limit!.Value));
    }

    [Theory]
    [InlineData(0.07, VerdictState.Pass)]
    [InlineData(0.0701, VerdictState.Warn)]
    [InlineData(0.12, VerdictState.Warn)]
    [InlineData(0.1201, VerdictState.Fail)]
    public void Judge_GapAtItsBounds_ChangesExactlyThere(double gap, VerdictState state) =>
        Assert.Equal(state, Judge(Evidence(Causal(Around(gap)))).State);

    [Fact]
    public void Judge_FillsDisagree_WarnsAndSaysSo()
    {
        var verdict = Judge(Evidence(new CausalEvidence(CausalMode.Full, [Fill("diffusion", Around(0.3)), Fill("blur", Around(0.01))])));

        var reason = Assert.Single(verdict.Reasons);
        Assert.Equal(VerdictState.Warn, verdict.State);
        Assert.Equal((ReasonCode.FillsDisagree, ReasonCode.BackgroundGap, 0.1), (reason.Code, reason.Of, reason.Limit!.Value));
    }

    [Fact]
    public void Judge_FillsAgreeOnDifferentMeasures_IsNoFail()
    {
        var verdict = Judge(Evidence(new CausalEvidence(CausalMode.Full, [Fill("diffusion", Around(0.3)), Fill("blur", flips: Around(0.4))])));

        Assert.Equal(VerdictState.Warn, verdict.State);
        Assert.All(verdict.Reasons, reason => Assert.Equal(ReasonCode.FillsDisagree, reason.Code));
    }

    [Fact]
    public void Judge_OneFill_WarnsAtMost()
    {
        var verdict = Judge(Evidence(new CausalEvidence(CausalMode.Full, [Fill("diffusion", Around(0.5))])));

        Assert.Equal((VerdictState.Warn, ReasonCode.BackgroundGap), (verdict.State, verdict.Reasons[0].Code));
        Assert.Contains(VerdictLimit.OneFill, verdict.Limits);
    }

    [Theory]
    [InlineData(49, VerdictState.Pass)]
    [InlineData(50, VerdictState.Fail)]
    public void Judge_CausalTestsOnFewItems_AreNotUsed(long n, VerdictState state)
    {
        var verdict = Judge(Evidence(Causal(Around(0.5, n: n), Around(0, n: n), Around(0, n: n))));

        Assert.Equal(state, verdict.State);
        Assert.Equal(n < 50, verdict.Limits.Contains(VerdictLimit.CausalTooFew));
    }

    [Theory]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void Judge_GapWithoutFlips_SaysThatTheyAreMissing(long n, bool missing)
    {
        var verdict = Judge(Evidence(Causal(Around(0), Around(0, n: n), Around(0))));

        Assert.Equal((VerdictState.Pass, missing ? CausalLevel.Unclear : CausalLevel.Absent), (verdict.State, verdict.CausalLevel));
        Assert.Equal((missing, false), (verdict.Limits.Contains(VerdictLimit.FlipsTooFew), verdict.Limits.Contains(VerdictLimit.CausalTooFew)));
    }

    [Fact]
    public void Judge_CausalModes_AreSaid()
    {
        Assert.Contains(VerdictLimit.CausalOff, Judge(Evidence()).Limits);
        var sampled = Judge(Evidence(Causal() with { Mode = CausalMode.Sampled }));
        Assert.Equal(CausalMode.Sampled, sampled.Causal);
        Assert.Contains(VerdictLimit.CausalSampled, sampled.Limits);
    }

    [Fact]
    public void Judge_WideInterval_SaysWhatItDoesNotExclude()
    {
        var verdict = Judge(Evidence(Causal(Around(0.05, 0.08))));

        Assert.Equal((VerdictState.Pass, CausalLevel.Unclear), (verdict.State, verdict.CausalLevel));
        Assert.Contains(VerdictLimit.CausalImprecise, verdict.Limits);
    }

    [Fact]
    public void Judge_PastingDisturbsTheModel_ExcludesNothing()
    {
        var verdict = Judge(Evidence(Causal(placebo: Around(0.4))));

        Assert.Equal(CausalLevel.Unclear, verdict.CausalLevel);
        Assert.Contains(VerdictLimit.PlaceboFlips, verdict.Limits);
    }

    [Fact]
    public void Judge_UnlabelledItems_MayFailByFlipsButExcludeNothing()
    {
        CausalEvidence Flips(double rate) => new(CausalMode.Full,
            [.. new[] { "diffusion", "blur" }.Select(name => new FillEvidence { Fill = name, NetFlipRate = Around(rate) })]);

        Assert.Equal(VerdictState.Fail, Judge(Evidence(Flips(0.4))).State);
        Assert.Equal(CausalLevel.Unclear, Judge(Evidence(Flips(0))).CausalLevel);
    }

    [Fact]
    public void Judge_ExactlyTheLimits_AreTakenFromTheThresholds() => Assert.Equal(
        VerdictState.Pass, VerdictRule.Judge(Evidence(Causal(Around(0.3))), Defaults with { BackgroundGap = 0.6 }).State);

    private static Verdict Judge(VerdictEvidence evidence) => VerdictRule.Judge(evidence, Defaults);
}

using BatchXai.Statistics.Verdicts;
using Xunit;
using static BatchXai.Statistics.Tests.Verdicts.Samples;

namespace BatchXai.Statistics.Tests.Verdicts;

public sealed class VerdictOfMapsTests
{
    private static readonly VerdictThresholds Defaults = new();

    [Theory]
    [InlineData(0.4, 0.02, VerdictState.Pass, ReasonCode.NoSign)]
    [InlineData(0.01, 0.02, VerdictState.Insufficient, ReasonCode.FocusUndecided)]
    [InlineData(-0.01, 0.02, VerdictState.Insufficient, ReasonCode.FocusUndecided)]
    [InlineData(-0.3, 0.02, VerdictState.Warn, ReasonCode.FocusBelowChance)]
    public void Judge_MapsAlone_NeverFail(double focus, double half, VerdictState state, ReasonCode code)
    {
        var verdict = Judge(Evidence() with { Focus = Around(focus, half) });

        Assert.Equal((state, code), (verdict.State, Assert.Single(verdict.Reasons).Code));
    }

    [Fact]
    public void Judge_FlaggedClass_Warns()
    {
        var verdict = Judge(Evidence() with { Flag = Flag(true) });

        Assert.Equal((VerdictState.Warn, ReasonCode.ClassFlagged, -0.2), (verdict.State, verdict.Reasons[0].Code, verdict.Reasons[0].Value!.Value));
        Assert.Equal(VerdictState.Pass, Judge(Evidence() with { Flag = Flag(false) }).State);
    }

    [Fact]
    public void Judge_FocusUndecided_LeavesItToTheCausalTests()
    {
        var evidence = Evidence(Causal()) with { Focus = Around(0) };

        var clear = Judge(evidence);
        Assert.Equal(VerdictState.Pass, clear.State);
        Assert.Contains(VerdictLimit.FocusUndecided, clear.Limits);
        Assert.Equal(VerdictState.Insufficient, Judge(evidence with { Causal = Causal(Around(0.05, 0.08)) }).State);
        Assert.Equal(VerdictState.Warn, Judge(evidence with { Causal = Causal(Around(0.08)) }).State);
        Assert.Equal(VerdictState.Fail, Judge(evidence with { Causal = Causal(Around(0.5)) }).State);
    }

    [Fact]
    public void Judge_LocationConfounded_LeavesItToTheCausalTests()
    {
        var evidence = Evidence() with { ChanceEnergy = 0.61, Flag = Flag(true) };

        var maps = Judge(evidence);
        Assert.Equal((VerdictState.Insufficient, ReasonCode.LocationConfounded), (maps.State, Assert.Single(maps.Reasons).Code));
        Assert.DoesNotContain(VerdictLimit.LocationConfounded, maps.Limits);

        var clear = Judge(evidence with { Causal = Causal() });
        Assert.Equal(VerdictState.Pass, clear.State);
        Assert.Contains(VerdictLimit.LocationConfounded, clear.Limits);
        Assert.Equal(VerdictState.Fail, Judge(evidence with { Causal = Causal(Around(0.5)) }).State);
        Assert.Equal(VerdictState.Warn, Judge(evidence with { ChanceEnergy = 0.6 }).State);
    }

    [Fact]
    public void Judge_CausalAgainstHighFocus_IsSaid()
    {
        Assert.Contains(VerdictLimit.MapsDisagree, Judge(Evidence(Causal(Around(0.5))) with { Focus = Around(0.7) }).Limits);
        Assert.DoesNotContain(VerdictLimit.MapsDisagree, Judge(Evidence(Causal(Around(0.5)))).Limits);
    }

    public static TheoryData<string, ReasonCode> Barriers => new()
    {
        { "units", ReasonCode.TooFewUnits }, { "no focus", ReasonCode.TooFewUnits }, { "usable", ReasonCode.FewUsableMaps },
        { "sanity", ReasonCode.SanityFailed }, { "chance", ReasonCode.AccuracyAtChance },
    };

    [Theory]
    [MemberData(nameof(Barriers))]
    public void Judge_Barrier_IsInsufficientWhateverElseIsFound(string barrier, ReasonCode code)
    {
        VerdictEvidence Behind(VerdictEvidence evidence) => barrier switch
        {
            "units" => evidence with { Focus = Around(0.4, n: 49) },
            "no focus" => evidence with { Focus = null },
            "usable" => evidence with { UsableMaps = 899 },
            "sanity" => evidence with { Checks = evidence.Checks with { SanityPassed = false } },
            _ => evidence with { Checks = evidence.Checks with { Accuracy = Around(0.12) } },
        };

        var passing = Judge(Behind(Evidence(Causal())));
        var failing = Judge(Behind(Evidence(Causal(Around(0.5)))));

        Assert.Equal((VerdictState.Insufficient, code), (passing.State, Assert.Single(passing.Reasons).Code));
        Assert.Equal(VerdictState.Insufficient, failing.State);
        Assert.Contains(failing.Reasons, reason => reason is { Code: ReasonCode.BackgroundGap, State: VerdictState.Fail });
    }

    [Fact]
    public void Judge_FlaggedClass_WarnsUnlessCausalTestsExcludeIt()
    {
        var flag = new ClassFlag("a", 100, -0.2, -0.5, 0.001, 0.002, true);

        var excluded = Judge(Evidence(Causal()) with { Flag = flag });

        Assert.Equal(VerdictState.Warn, Judge(Evidence() with { Flag = flag, Causal = CausalEvidence.None }).State);
        Assert.Equal(VerdictState.Pass, excluded.State);
        Assert.Contains(VerdictLimit.FlagNotConfirmed, excluded.Limits);
        Assert.Equal(VerdictState.Fail, Judge(Evidence(Causal(Around(0.5))) with { Flag = flag }).State);
    }

    [Fact]
    public void Judge_SanityNotRun_LeavesFailAndWarn_AndPassOnlyToCausalTests()
    {
        VerdictEvidence Untested(VerdictEvidence evidence) => evidence with { Checks = evidence.Checks with { SanityPassed = null } };

        var failing = Judge(Untested(Evidence(Causal(Around(0.5)))));
        var without = Judge(Untested(Evidence() with { Causal = CausalEvidence.None }));

        Assert.Equal(VerdictState.Fail, failing.State);
        Assert.Contains(VerdictLimit.SanityNotRun, failing.Limits);
        Assert.Equal(VerdictState.Pass, Judge(Untested(Evidence(Causal()))).State);
        Assert.Equal((VerdictState.Insufficient, ReasonCode.SanityNotRun), (without.State, Assert.Single(without.Reasons).Code));
    }

    [Fact]
    public void Judge_AccuracyAtChanceOfASureModel_MayFailAndNeverPasses()
    {
        VerdictEvidence Guessing(VerdictEvidence evidence) => evidence with { Checks = evidence.Checks with { Accuracy = Around(0.12), Confidence = 0.5 } };

        var failing = Judge(Guessing(Evidence(Causal(Around(0.5)))));

        Assert.Equal(VerdictState.Fail, failing.State);
        Assert.Contains(VerdictLimit.AccuracyAtChance, failing.Limits);
        Assert.Equal(ReasonCode.AccuracyAtChance, Assert.Single(Judge(Guessing(Evidence(Causal()))).Reasons).Code);
    }

    [Fact]
    public void Judge_JustOverTheBarriers_IsJudged()
    {
        var evidence = Evidence() with { UsableMaps = 900, Focus = Around(0.4, n: 50), Checks = Evidence().Checks with { Accuracy = Around(0.121) } };

        Assert.Equal(VerdictState.Pass, Judge(evidence).State);
        Assert.Equal(VerdictState.Pass, Judge(evidence with { Checks = evidence.Checks with { Accuracy = null } }).State);
    }

    [Fact]
    public void Judge_NoMaskedItems_IsTooFew() => Assert.Equal(
        [ReasonCode.TooFewUnits],
        Judge(Evidence() with { Maps = 0, UsableMaps = 0, Focus = null }).Reasons.Select(reason => reason.Code));

    [Theory]
    [InlineData(VerdictState.Fail, VerdictState.Fail, ReasonCode.ClassesFailed)]
    [InlineData(VerdictState.Warn, VerdictState.Warn, ReasonCode.ClassesWarned)]
    [InlineData(VerdictState.Insufficient, VerdictState.Pass, ReasonCode.NoSign)]
    [InlineData(VerdictState.Pass, VerdictState.Pass, ReasonCode.NoSign)]
    public void Judge_Overall_IsAsSevereAsItsWorstClass(VerdictState worst, VerdictState overall, ReasonCode code)
    {
        var classes = new[] { WithState(VerdictState.Pass), WithState(worst), WithState(worst) };

        var verdict = VerdictRule.Judge(Evidence(Causal()), classes, Defaults);

        Assert.Equal((overall, code), (verdict.State, Assert.Single(verdict.Reasons).Code));
        Assert.Equal(worst == VerdictState.Insufficient, verdict.Limits.Contains(VerdictLimit.ClassesNotJudged));
        Assert.True(code == ReasonCode.NoSign || verdict.Reasons[0].Value == 2);
    }

    private static Verdict Judge(VerdictEvidence evidence) => VerdictRule.Judge(evidence, Defaults);

    private static Verdict WithState(VerdictState state) => Judge(Evidence()) with { State = state };
}

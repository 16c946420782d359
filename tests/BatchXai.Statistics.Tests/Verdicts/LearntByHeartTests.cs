using BatchXai.Statistics.Verdicts;
using Xunit;
using static BatchXai.Statistics.Tests.Verdicts.Samples;

namespace BatchXai.Statistics.Tests.Verdicts;

/// <summary>A model that has learnt its training images by heart flips when anything changes; that is another finding than a shortcut.</summary>
public sealed class LearntByHeartTests
{
    private const double Errors = 0.6;

    [Fact]
    public void Judge_FlipsNoMoreThanNewImagesAreWrong_WarnsOfAnotherFinding()
    {
        var verdict = Judge(Causal(flips: Around(0.5)), Errors);

        Assert.Equal((VerdictState.Warn, CausalLevel.Unclear, true), (verdict.State, verdict.CausalLevel, verdict.IsByHeart));
        Assert.Equal((ReasonCode.LearntByHeart, Errors), (Assert.Single(verdict.Reasons).Code, verdict.Reasons[0].Value));
        Assert.Equal(2, verdict.Reasons[0].Fills.Count);
        Assert.Contains(VerdictLimit.AccuracyGap, verdict.Limits);
    }

    [Theory]
    [InlineData(0, 0.5, 0.0, 0.0)] // no large accuracy gap
    [InlineData(Errors, 0.7, 0.0, 0.0)] // more flips than new images are wrong
    [InlineData(Errors, 0.5, 0.3, 0.0)] // backgrounds tell the class
    [InlineData(Errors, 0.5, 0.0, 0.3)]
    public void Judge_BackgroundUsedBeyondThat_FailsAsAnyOther(double errors, double flips, double gap, double excess)
    {
        var verdict = Judge(Causal(Around(gap), Around(flips), Around(excess)), errors == 0 ? null : errors);

        Assert.Equal((VerdictState.Fail, CausalLevel.Present, false), (verdict.State, verdict.CausalLevel, verdict.IsByHeart));
        Assert.Contains(verdict.Reasons, reason => reason is { Code: ReasonCode.NetFlipRate, State: VerdictState.Fail });
    }

    [Fact]
    public void Judge_FillsDisagreeOnFlipsAlone_IsNoSignEither() =>
        Assert.True(Judge(new CausalEvidence(CausalMode.Full, [Fill("diffusion", flips: Around(0.4)), Fill("blur", flips: Around(0.05))]), Errors).IsByHeart);

    [Fact]
    public void Judge_FewFlips_PassesAndTellsTheAccuracyGap()
    {
        var verdict = Judge(Causal(), Errors);

        Assert.Equal(VerdictState.Pass, verdict.State);
        Assert.Contains(VerdictLimit.AccuracyGap, verdict.Limits);
    }

    [Fact]
    public void Judge_Classes_TellWhetherAllOfThemWereLearntByHeart()
    {
        var (byHeart, other) = (Judge(Causal(flips: Around(0.5)), Errors), Judge(Causal(Around(0.08)), Errors));

        Assert.True(VerdictRule.Judge(Evidence(Causal()), [byHeart], new()).IsByHeart);
        Assert.False(VerdictRule.Judge(Evidence(Causal()), [byHeart, other], new()).IsByHeart);
    }

    private static Verdict Judge(CausalEvidence causal, double? errors) => VerdictRule.Judge(Evidence(causal) with { NewImageErrors = errors }, new());
}

using BatchXai.Cli.Planted;
using BatchXai.Cli.Selftest;
using BatchXai.Contracts.Reports;
using Xunit;

namespace BatchXai.Cli.Tests.Selftest;

public sealed class VerdictBarsTests
{
    private static readonly AuditVerdict Pass = new(VerdictState.Pass, [], SplitFinding.NoEvidence, SplitAnswer.No, AdmitsBlindness: true);
    private static readonly AuditVerdict Fail = Pass with { State = VerdictState.Fail, Reasons = ["netFlipRate"], Finding = SplitFinding.Shortcut, Shortcut = SplitAnswer.Yes };
    private static readonly AuditVerdict ByHeart = Pass with { State = VerdictState.Warn, Reasons = ["learntByHeart", "focusBelowChance"], Finding = SplitFinding.Memorisation };

    [Theory]
    [InlineData(10, 0, true, "0 of 10, upper 95 % bound 0.259; WARN on 0 more")]
    [InlineData(60, 1, true, "1 of 60, upper 95 % bound 0.077; WARN on 0 more")]
    [InlineData(59, 1, false, "1 of 59, upper 95 % bound 0.078; WARN on 0 more")]
    public void FalseAlarms_AreCountedWithTheirBound(int clean, int failed, bool met, string measured)
    {
        var bar = Bar("false alarms on clean models: FAIL", [.. Enumerable.Range(0, clean).Select(i => Clean(i) with { Verdict = i < failed ? Fail : Pass })]);
        Assert.Equal((met, measured), (bar.Met, bar.Measured));
    }

    [Fact]
    public void Memorisers_WarnedOfByHeart_AreNotCalledAShortcut()
    {
        ZooModelResult[] models = [Memoriser(ByHeart), Memoriser(ByHeart)];
        Assert.True(Bar("memorisers called a shortcut, in any place of the report", models).Met);
        Assert.True(Bar("memorisers called memorisation", models).Met);
    }

    [Theory]
    [InlineData(VerdictState.Fail, "learntByHeart", SplitAnswer.No)]
    [InlineData(VerdictState.Warn, "backgroundGap", SplitAnswer.No)]
    [InlineData(VerdictState.Warn, "learntByHeart", SplitAnswer.Yes)]
    public void Memoriser_AccusedAnywhere_IsCalledAShortcut(VerdictState state, string reason, SplitAnswer shortcut) =>
        Assert.False(Bar("memorisers called a shortcut, in any place of the report", [Memoriser(ByHeart with { State = state, Reasons = [reason], Shortcut = shortcut })]).Met);

    [Fact]
    public void RandomWeights_AnyVerdictButInsufficient_IsAMiss()
    {
        var random = ZooModels.Result("random", .5, 0, 0, ZooModelKind.RandomWeights, verdict: Pass with { State = VerdictState.Insufficient });
        Assert.True(Bar("verdict on random weights: INSUFFICIENT", [random]).Met);
        Assert.False(Bar("verdict on random weights: INSUFFICIENT", [random with { Verdict = Pass }]).Met);
    }

    [Fact]
    public void SmallObjects_OneMoreOfTenFlagged_IsAMiss()
    {
        ZooModelResult[] models = [.. Enumerable.Range(0, 10).Select(i => Clean(i) with { SmallVerdict = i == 0 ? Pass with { State = VerdictState.Warn } : Pass })];
        Assert.True(Bar("FAIL on clean models, objects of half the area", models).Met);
        var bar = Bar("WARN or FAIL on clean models, objects of half the area", models);
        Assert.Equal((false, "0 of 10 becomes 1"), (bar.Met, bar.Measured));
    }

    [Theory]
    [InlineData(VerdictState.Insufficient, true, true)]
    [InlineData(VerdictState.Pass, true, false)]
    [InlineData(VerdictState.Insufficient, false, false)]
    public void Blur_MapsAloneClaimNoAbsence(VerdictState state, bool admits, bool met)
    {
        var blur = ZooModels.Result("blur", 1, .8, .2, cue: PlantedCue.Blur) with { MapsOnly = Pass with { State = state, AdmitsBlindness = admits } };
        Assert.Equal(met, Bar("blur and object colour, without causal tests: says that they are not detectable, and claims no absence", [blur]).Met);
    }

    [Theory]
    [InlineData("verdict on a central blob, objects anywhere")]
    [InlineData("verdict on a central blob, objects in the centre")]
    public void CentralBlob_IsInsufficient(string name) => Assert.True(Bar(name, []).Met);

    private static ZooModelResult Clean(int i) => ZooModels.Result($"clean-{i}", .5, 0, .3);

    private static ZooModelResult Memoriser(AuditVerdict verdict) => ZooModels.Result("memoriser", .5, 0, 0, ZooModelKind.Memoriser, verdict: verdict);

    private static Bar Bar(string measure, IReadOnlyList<ZooModelResult> models) => Assert.Single(VerdictBars.Of(models), bar => bar.Measure == measure);
}

using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate.Causal;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate.Verdicts;

/// <summary>From rows to verdicts; the rules themselves are tested where they are.</summary>
public sealed class AuditJudgeTests
{
    private const int Items = 200;

    [Fact]
    public async Task Causal_tests_with_both_fills_make_a_FAIL_of_every_class_that_uses_the_background()
    {
        var report = await BuildAsync(Maps(_ => .9), BothFills((label, test) => test == CausalTest.MixedRand ? 1 - label : label), sanity: true);

        Assert.Equal(VerdictState.Fail, report.Verdict!.State);
        Assert.Contains(report.Verdict.Reasons, reason => reason is { Code: "backgroundGap", State: VerdictState.Fail });
        Assert.Contains(report.Verdict.Reasons, reason => reason.Code == "classesFailed" && reason.Sentence.StartsWith("2 classes", StringComparison.Ordinal));
        Assert.All(report.ClassVerdicts, row => Assert.Equal((VerdictState.Fail, 2), (row.Verdict.State, row.Causal.Count)));
        Assert.Contains(report.Limits, limit => limit.Contains("on other backgrounds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_fill_alone_never_fails()
    {
        var report = await BuildAsync(Maps(_ => .9), Tested.Items(Items, (label, test) => test == CausalTest.MixedRand ? 1 - label : label), sanity: true);

        Assert.Equal(VerdictState.Warn, report.Verdict!.State);
        Assert.Contains(report.Verdict.Limits, limit => limit.Contains("one way of filling", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_holds_on_every_background_passes()
    {
        var report = await BuildAsync(Maps(_ => .9), BothFills((label, test) => test == CausalTest.ObjectRemoved ? 0 : label), sanity: true);

        Assert.Equal(VerdictState.Pass, report.Verdict!.State);
        Assert.Equal("The model looks at the object, and its answers hold on other backgrounds.", report.Verdict.Sentence);
        Assert.All(report.ClassVerdicts, row => Assert.Equal(VerdictState.Pass, row.Verdict.State));
    }

    [Theory]
    [InlineData(.4, "Tested: a sample of the items with masks or boxes.", 1)]
    [InlineData(1, "Tested: every item with a mask or boxes.", 0)]
    public async Task A_sample_of_all_items_is_not_called_a_sample(double share, string tested, int limits)
    {
        var report = await BuildAsync(Maps(_ => .9), BothFills((label, _) => label), sanity: true, CausalChoice.Sampled, share);

        Assert.StartsWith(tested, Wording.CausalCost(report.Causal!), StringComparison.Ordinal);
        Assert.Equal(limits, report.Verdict!.Limits.Count(limit => limit.Contains("for a sample of the items", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Maps_alone_may_warn_and_never_fail()
    {
        var report = await BuildAsync(Maps(_ => .1), [], sanity: true, CausalChoice.Off);

        Assert.Equal(VerdictState.Warn, report.Verdict!.State);
        Assert.Contains(report.Verdict.Reasons, reason => reason.Code == "focusBelowChance");
        Assert.Contains(report.Verdict.Limits, limit => limit.StartsWith("No background was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_class_that_looks_elsewhere_is_flagged_and_comes_first()
    {
        var report = await BuildAsync(Maps(item => item % 2 == 0 ? .9 : .6), [], sanity: true, CausalChoice.Off);

        var first = report.ClassVerdicts[0];
        Assert.Equal(("c1", VerdictState.Warn, true), (first.Class, first.Verdict.State, first.Flag.IsFlagged));
        Assert.InRange(first.Flag.Difference!.Value, -.65, -.55);
        Assert.Equal((VerdictState.Pass, false), (report.ClassVerdicts[1].Verdict.State, report.ClassVerdicts[1].Flag.IsFlagged));
    }

    [Fact]
    public async Task When_sanity_failed_nothing_is_judged_and_what_was_found_is_still_told()
    {
        var report = await BuildAsync(Maps(_ => .9), BothFills((label, test) => test == CausalTest.MixedRand ? 1 - label : label), sanity: false);

        Assert.Equal(VerdictState.Insufficient, report.Verdict!.State);
        Assert.Equal("sanityFailed", report.Verdict.Reasons[0].Code);
        Assert.Contains(report.Verdict.Reasons, reason => reason.Code == "backgroundGap");
    }

    [Fact]
    public async Task Without_sanity_only_causal_tests_let_a_model_pass()
    {
        var tested = await BuildAsync(Maps(_ => .9), BothFills((label, test) => test == CausalTest.ObjectRemoved ? 0 : label), sanity: null);
        var untested = await BuildAsync(Maps(_ => .9), [], sanity: null, CausalChoice.Off);

        Assert.Equal(VerdictState.Pass, tested.Verdict!.State);
        Assert.Contains(tested.Verdict.Limits, limit => limit.Contains("weights was not tested", StringComparison.Ordinal));
        Assert.Equal((VerdictState.Insufficient, "sanityNotRun"), (untested.Verdict!.State, untested.Verdict.Reasons[0].Code));
    }

    [Fact]
    public async Task A_sure_model_that_reads_only_backgrounds_fails_though_it_guesses_the_labels()
    {
        // Half are right; what is right flips with the background.
        var rows = Maps(_ => .2).Select(row => row with { Correct = row.Item % 4 < 2, Confidence = .99 }).ToList();
        var causal = BothFills((label, test) => test == CausalTest.MixedRand ? 1 - label : label).Select(row => row with { CorrectBefore = row.Item % 4 < 2 });

        var report = await BuildAsync(rows, causal, sanity: null);

        Assert.Equal(VerdictState.Fail, report.Verdict!.State);
        Assert.Contains(report.Verdict.Limits, limit => limit.Contains("sure of its answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Few_items_zero_maps_and_guessing_are_INSUFFICIENT()
    {
        var few = await BuildAsync([.. Maps(_ => .9).Take(40)], [], sanity: true);
        var zero = await BuildAsync([.. Maps(_ => .9).Select(row => row.Item % 4 == 0 ? Sample.Zero(row.Item) with { Label = row.Label } : row)], [], sanity: true);
        var guessing = await BuildAsync([.. Maps(_ => .9).Select(row => row with { Correct = row.Item % 4 < 2, Confidence = .4 })], [], sanity: true);

        Assert.Contains(few.Verdict!.Reasons, reason => reason.Code == "tooFewUnits" && reason.Sentence.StartsWith("40 independent", StringComparison.Ordinal));
        Assert.Contains(zero.Verdict!.Reasons, reason => reason.Code == "fewUsableMaps" && reason.Sentence.StartsWith("75%", StringComparison.Ordinal));
        Assert.Contains(guessing.Verdict!.Reasons, reason => reason.Code == "accuracyAtChance");
        Assert.All([few, zero, guessing], report => Assert.Equal(VerdictState.Insufficient, report.Verdict!.State));
    }

    [Fact]
    public async Task Items_of_one_group_are_one_observation()
    {
        var report = await BuildAsync([.. Maps(_ => .9).Select(row => row with { Group = $"g{row.Item / 10}" })], [], sanity: true);

        Assert.Contains(report.Verdict!.Reasons, reason => reason.Code == "tooFewUnits" && reason.Sentence.StartsWith("20 independent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_masks_nothing_is_judged()
    {
        var rows = Maps(_ => .9).Select(row => row with { MaskStatus = MaskStatus.NoMask, MaskKind = MaskKind.None, Measures = row.Measures with { Focus = null, ChanceEnergy = null } });

        var report = await BuildAsync([.. rows], [], sanity: true);

        Assert.Equal(VerdictState.Insufficient, report.Verdict!.State);
    }

    /// <summary>Maps of two classes in turn, all right.</summary>
    private static List<ItemResult> Maps(Func<int, double> energy) =>
        [.. Enumerable.Range(0, Items).Select(item => Sample.Map(item, energy(item) + (item % 10 / 1000.0), $"c{item % 2}"))];

    private static List<CausalResult> BothFills(Func<int, CausalTest, int> predicted) =>
        [.. Tested.Items(Items, predicted).Concat(Tested.Items(Items, predicted).Select(row => row with { Fill = CausalFill.Blur })).OrderBy(row => row.Item)];

    private static Task<OverfittingReport> BuildAsync(IReadOnlyList<ItemResult> rows, IEnumerable<CausalResult> causal, bool? sanity, CausalChoice choice = CausalChoice.Full, double share = 0)
    {
        var plan = Sample.Plan(rows.Count);
        return ReportBuilder.BuildAsync(
            new ReportInputs { Plan = plan with { Request = plan.Request with { Causal = choice }, CausalShare = share }, CreatedAt = DateTimeOffset.UnixEpoch, Sanity = Sanity(sanity) },
            Sample.Stream(rows), causal.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
    }

    private static SanityResult? Sanity(bool? passed) => passed is not { } right ? null : new()
    {
        Items = 32,
        Redrawn = [new("gradcam", .2, 32, 32, true, .9), new("gradcam", 1, 32, 32, !right, right ? .1 : .9), new("saliency", 1, 32, 32, right, .1)],
    };
}

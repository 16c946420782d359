using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Tests.Aggregate.Causal;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate.Splits;

/// <summary>From rows of two splits to findings; the rules themselves are tested where they are.</summary>
public sealed class SplitJudgeTests
{
    private const int OfEach = 400;

    [Fact]
    public async Task Right_on_training_wrong_on_validation_and_less_on_the_object_is_memorisation_and_never_a_shortcut()
    {
        // Of five validation items one is right; each other background changes half of these answers, to whatever class.
        var report = await BuildAsync(item => IsTraining(item) ? .9 : .6, item => IsTraining(item) || item % 5 == 0, (item, test) => (test, item % 10) switch
        {
            (CausalTest.Placebo, _) => item % 5 == 0,
            (CausalTest.MixedSame or CausalTest.MixedRand, _) => item % 10 == 0,
            _ => item % 2 == 0,
        });

        var reading = report.SplitReading!;
        Assert.Equal(("train", "val", SplitFinding.Memorisation), (reading.Training, reading.Validation, reading.Finding));
        Assert.Equal((SplitAnswer.Yes, SplitAnswer.No), (reading.Memorisation.Answer, reading.Shortcut.Answer));
        Assert.Equal(.8, reading.AccuracyGap.Value!.Value, 6);
        Assert.Equal(.6, reading.FocusDrop.Value!.Value, 6);
        Assert.Contains("Accuracy is 100% on split train and 20% on split val: a gap of 80%", reading.Memorisation.Sentence, StringComparison.Ordinal);
        Assert.Equal(VerdictState.Warn, report.Verdict!.State);
        Assert.Contains("learnt training images by heart", report.Verdict.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Verdict.Reasons, reason => reason.Code is "netFlipRate" or "backgroundGap");
    }

    [Fact]
    public async Task As_good_on_validation_and_wrong_on_backgrounds_of_another_class_is_a_shortcut_and_no_memorisation()
    {
        var report = await BuildAsync(_ => .5, _ => true, (item, test) => test is not CausalTest.MixedRand && (test != CausalTest.ObjectRemoved || item % 2 == 0));

        Assert.Equal((SplitFinding.Shortcut, SplitAnswer.Yes, SplitAnswer.No), (report.SplitReading!.Finding, report.SplitReading.Shortcut.Answer, report.SplitReading.Memorisation.Answer));
        Assert.Contains("BG-gap 100%", report.SplitReading.Shortcut.Sentence, StringComparison.Ordinal);
        Assert.Equal(VerdictState.Fail, report.Verdict!.State);
    }

    [Fact]
    public async Task As_good_on_both_and_on_other_backgrounds_is_no_evidence_of_either()
    {
        var report = await BuildAsync(_ => .9, _ => true, (item, test) => test != CausalTest.ObjectRemoved || item % 2 == 0);

        Assert.Equal(SplitFinding.NoEvidence, report.SplitReading!.Finding);
        Assert.Equal(VerdictState.Pass, report.Verdict!.State);
    }

    [Fact]
    public async Task The_verdict_is_about_items_that_the_model_was_not_trained_on()
    {
        // Only the maps of training items lie beside the object.
        var report = await BuildAsync(item => IsTraining(item) ? .1 : .9, _ => true, (item, test) => test != CausalTest.ObjectRemoved || item % 2 == 0);

        Assert.Equal(VerdictState.Pass, report.Verdict!.State);
        Assert.Contains(report.Limits, limit => limit.Contains("leaves the training items of split train out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_training_items_there_is_nothing_to_hold_against()
    {
        var report = await BuildAsync(_ => .9, _ => true, (_, _) => true, split: _ => "val");

        Assert.Null(report.SplitReading);
    }

    private static bool IsTraining(long item) => item < OfEach;

    /// <summary>Two classes in turn. What is right in a test is the same with both fills.</summary>
    private static Task<OverfittingReport> BuildAsync(Func<long, double> energy, Func<long, bool> right, Func<long, CausalTest, bool> rightInTest, Func<long, string>? split = null)
    {
        split ??= item => IsTraining(item) ? "train" : "val";
        var rows = Enumerable.Range(0, 2 * OfEach)
            .Select(item => Sample.Map(item, energy(item) + (item % 10 / 1000.0), $"c{item % 2}", right(item)) with { Split = split(item) }).ToList();
        var tested = Tested.Items(2 * OfEach, (label, _) => label).Select(row => row with
        {
            Split = split(row.Item),
            CorrectBefore = right(row.Item),
            Predicted = (int)(rightInTest(row.Item, row.Test) ? row.Item % 2 : 1 - (row.Item % 2)),
            Correct = rightInTest(row.Item, row.Test),
            Flipped = right(row.Item) && !rightInTest(row.Item, row.Test),
        }).ToList();
        var plan = Sample.Plan(rows.Count);
        return ReportBuilder.BuildAsync(
            new ReportInputs
            {
                Plan = plan with { Request = plan.Request with { Causal = CausalChoice.Full } },
                CreatedAt = DateTimeOffset.UnixEpoch,
                Sanity = new() { Items = 32, Redrawn = [new("gradcam", 1, 32, 32, false, .1)] },
            },
            Sample.Stream(rows),
            tested.Concat(tested.Select(row => row with { Fill = CausalFill.Blur })).OrderBy(row => row.Item).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);
    }
}

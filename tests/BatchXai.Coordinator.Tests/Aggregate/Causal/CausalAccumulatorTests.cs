using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate.Causal;

public sealed class CausalAccumulatorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_that_reads_only_the_background_has_the_gap_the_flips_and_the_accuracy_without_object_that_follow()
    {
        // 40 items of two classes: right on its own background and on one of its class, wrong on another, right without an object.
        var figures = Figures(Tested.Items(40, (label, test) => test == CausalTest.MixedRand ? 1 - label : label));

        Assert.Equal(new DifferenceFigure(40, 1, figures.BackgroundGap.Low, figures.BackgroundGap.High), figures.BackgroundGap);
        Assert.InRange(figures.BackgroundGap.Low!.Value, .8, 1);
        Assert.Equal(1, figures.NetFlipRate.Value);
        Assert.Equal(1, figures.Accuracy[CausalTest.ObjectRemoved].Value);
        Assert.Equal(.5, figures.NoObjectByChance!.Value, 1e-12);
        Assert.Equal(.8, figures.ProbabilityDrop.Value!.Value, 1e-6);
    }

    [Fact]
    public async Task A_model_that_answers_one_class_without_an_object_is_as_right_as_by_chance()
    {
        var rows = Tested.Items(40, (label, test) => test == CausalTest.ObjectRemoved ? 0 : label);
        var causal = Read(rows);

        var figures = Assert.Single(causal.Report(Plan(CausalChoice.Full), null)!.Figures);
        Assert.Equal(0, figures.BackgroundGap.Value);
        Assert.Equal(.5, figures.Accuracy[CausalTest.ObjectRemoved].Value);
        Assert.Equal(.5, figures.NoObjectByChance!.Value, 1e-12);
        var fallback = Assert.Single(causal.OfClass("c0", 1));
        Assert.Equal((1, 1), (fallback.Figures.Accuracy[CausalTest.ObjectRemoved].Value, fallback.Figures.NoObjectByChance));
        Assert.Equal(0, fallback.Evidence.NoObjectExcess!.Value.Value);
        var other = Assert.Single(causal.OfClass("c1", 1));
        Assert.Equal((0, 0), (other.Figures.Accuracy[CausalTest.ObjectRemoved].Value, other.Figures.NoObjectByChance));
    }

    [Fact]
    public async Task What_could_not_be_made_is_counted_and_enters_no_figure()
    {
        var rows = Tested.Items(40, (label, _) => label).Select(row => row.Item < 10 && row.Test == CausalTest.MixedSame
            ? row with { Status = CausalStatus.NoDonor, Predicted = null, Correct = null, Probability = null, Flipped = null }
            : row);
        var report = Read(rows).Report(Plan(CausalChoice.Sampled), 12)!;

        Assert.Equal((40, 190), (report.Items, report.ForwardPasses));
        Assert.Equal(10, report.Statuses[CausalStatus.NoDonor]);
        var figures = Assert.Single(report.Figures);
        Assert.Equal((30, 30, 40), (figures.BackgroundGap.N, figures.Accuracy[CausalTest.MixedSame].N, figures.NetFlipRate.N));
    }

    [Fact]
    public async Task Items_that_were_wrong_before_do_not_count_as_flipped()
    {
        var rows = Tested.Items(40, (label, test) => test == CausalTest.MixedRand ? 1 - label : label).Select(row => row.Item < 5 ? row with { CorrectBefore = false } : row);

        var figures = Figures(rows);

        Assert.Equal(35, figures.NetFlipRate.N);
        Assert.Equal(40, figures.BackgroundGap.N);
        Assert.Equal(35.0 / 40, figures.AccuracyBefore.Value);
    }

    [Fact]
    public async Task Items_of_a_class_that_the_model_does_not_know_do_not_count_as_flipped()
    {
        var rows = Tested.Items(40, (label, test) => test == CausalTest.MixedRand ? 1 - label : label).Select(row => row.Item % 2 == 0 ? row with { CorrectBefore = null, Correct = null } : row);

        var figures = Figures(rows);
        var unlabelled = Figures(rows.Select(row => row with { Label = null, CorrectBefore = null, Correct = null }));

        Assert.Equal((20, 20), (figures.NetFlipRate.N, figures.BackgroundGap.N));
        Assert.Equal((40, 0), (unlabelled.NetFlipRate.N, unlabelled.BackgroundGap.N));
    }

    [Fact]
    public async Task Too_few_items_have_no_figure_or_no_interval()
    {
        var few = Figures(Tested.Items(8, (label, _) => label));
        var some = Figures(Tested.Items(20, (label, _) => label));

        Assert.Equal(new DifferenceFigure(8, null, null, null), few.BackgroundGap);
        Assert.Equal(new DifferenceFigure(20, 0, null, null), some.BackgroundGap);
    }

    [Fact]
    public async Task Fills_and_kinds_of_masks_are_never_mixed()
    {
        var rows = Tested.Items(40, (label, _) => label).Concat(Tested.Items(40, (label, test) => test == CausalTest.MixedRand ? 1 - label : label).Select(row => row with { Fill = CausalFill.Blur }))
            .OrderBy(row => row.Item).Select(row => row.Item % 4 == 0 ? row with { MaskKind = MaskKind.Boxes } : row);

        var figures = Read(rows).Report(Plan(CausalChoice.Full), null)!.Figures;

        Assert.Equal(
            [(MaskKind.Mask, CausalFill.Diffusion, 30, 0.0), (MaskKind.Mask, CausalFill.Blur, 30, 1.0), (MaskKind.Boxes, CausalFill.Diffusion, 10, 0.0), (MaskKind.Boxes, CausalFill.Blur, 10, 1.0)],
            figures.Select(one => (one.MaskKind, one.Fill, (int)one.Items, one.BackgroundGap.Value!.Value)));
    }

    [Fact]
    public async Task Where_items_have_groups_the_interval_is_over_groups()
    {
        // Half of the items fall, by groups of ten: forty independent observations, not four hundred.
        IEnumerable<CausalResult> Rows() => Tested.Items(400, (label, _) => label).Select(row => row.Test == CausalTest.MixedRand && row.Item / 10 % 2 == 0 ? row with { Correct = false } : row);

        var apart = Figures(Rows());
        var grouped = Figures(Rows().Select(row => row with { Group = $"g{row.Item / 10}" }));

        Assert.Equal(apart.BackgroundGap.Value, grouped.BackgroundGap.Value);
        Assert.Equal((400, 40), (apart.BackgroundGap.N, grouped.BackgroundGap.N));
        Assert.True(grouped.BackgroundGap.High - grouped.BackgroundGap.Low > 1.5 * (apart.BackgroundGap.High - apart.BackgroundGap.Low), $"{apart.BackgroundGap} {grouped.BackgroundGap}");
    }

    [Fact]
    public async Task Rows_out_of_order_are_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Read(Tested.Items(3, (label, _) => label).OrderByDescending(row => row.Item)));

    [Fact]
    public async Task No_row_is_no_report() => Assert.Null(Read([]).Report(Plan(CausalChoice.Off), null));

    private static AuditPlan Plan(CausalChoice choice)
    {
        var plan = Sample.Plan(40);
        return plan with { Request = plan.Request with { Causal = choice } };
    }

    private static CausalFigures Figures(IEnumerable<CausalResult> rows) => Assert.Single(Read(rows).Report(Plan(CausalChoice.Full), null)!.Figures);

    private static CausalAccumulator Read(IEnumerable<CausalResult> rows)
    {
        var all = rows.ToList();
        var causal = new CausalAccumulator(all.Exists(row => row.Group is not null));
        all.ForEach(causal.Add);
        causal.End();
        return causal;
    }
}

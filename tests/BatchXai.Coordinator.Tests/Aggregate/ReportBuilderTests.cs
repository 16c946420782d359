using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

public sealed class ReportBuilderTests
{
    [Fact]
    public async Task Build_FortyMaps_GivesTheMeansWorkedOutByHand()
    {
        // 30 maps with E = .8 (κ = .6) and 10 with E = .3 (κ = −.4).
        var report = await Sample.BuildAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, i < 30 ? 0.8 : 0.3))]);
        var focus = Assert.Single(Assert.Single(report.Methods).Focus);

        Assert.Equal(40, focus.Usable);
        Assert.Equal(0.35, focus.Focus.Value!.Value, 12); // (30·.6 − 10·.4) / 40
        Assert.Equal(0.6, focus.MedianFocus!.Value, 6);
        Assert.Equal(0.25, focus.BelowChance!.Value);
        Assert.Equal(0.325, focus.BackgroundAttention.Value!.Value, 12); // (30·.2 + 10·.7) / 40
        Assert.Equal(0.75, focus.BackgroundAttention.Chance!.Value, 12); // 1 − p
        Assert.Equal(0.5, focus.ChanceEnergy);
        Assert.Equal(2.7, focus.Lift.Value!.Value, 12); // (30·3.2 + 10·1.2) / 40
        Assert.Equal(1, focus.Lift.Chance);
        Assert.Equal(0.75, focus.PointingGame!.Value);
        Assert.Equal(0.3, focus.PointingGameByChance!.Value, 12);
    }

    [Fact]
    public async Task Build_FortyMaps_IntervalHasTheWidthOfItsTwoValues()
    {
        var report = await Sample.BuildAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, i < 30 ? 0.8 : 0.3))]);
        var focus = report.Methods[0].Focus[0].Focus;

        // κ is .6 or −.4: sd = √(.75·.25) = .433, half-width 1.96·.433/√40 = .134.
        Assert.InRange(focus.High!.Value - focus.Low!.Value, 0.22, 0.31);
        Assert.InRange(0.35, focus.Low.Value, focus.High.Value);
    }

    [Fact]
    public async Task Build_ZeroHeatmaps_AreCountedAndNeverAveraged()
    {
        var rows = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? Sample.Map(i, 0.75) : Sample.Zero(i)).ToList();
        var method = Assert.Single((await Sample.BuildAsync(rows)).Methods);

        Assert.Equal(20, method.Heatmaps[HeatmapStatus.ZeroHeatmap]);
        Assert.Equal(20, method.Heatmaps[HeatmapStatus.Ok]);
        Assert.Equal(20, method.Focus[0].Usable);
        Assert.Equal(0.25, method.Focus[0].BackgroundAttention.Value!.Value, 12);
        Assert.Equal(20, method.Zones.Maps);
        Assert.Equal(0.2, method.Zones.Border.Value!.Value, 12);
    }

    [Fact]
    public async Task Build_MasksThatAreEmpty_LeaveFocusButNotTheZones()
    {
        var rows = Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? Sample.Map(i, 0.75) : Sample.Map(i, 0.75) with { MaskStatus = MaskStatus.EmptyMask }).ToList();
        var method = Assert.Single((await Sample.BuildAsync(rows)).Methods);

        Assert.Equal(12, method.Focus[0].Usable);
        Assert.Equal(12, method.Masks[MaskStatus.EmptyMask]);
        Assert.Equal(24, method.Zones.Maps);
    }

    [Fact]
    public async Task Build_MasksAndBoxes_AreNeverMixed()
    {
        var rows = Enumerable.Range(0, 50)
            .Select(i => i < 20 ? Sample.Map(i, 0.9) : Sample.Map(i, 0.6) with { MaskKind = MaskKind.Boxes })
            .ToList();
        var report = await Sample.BuildAsync(rows);
        var method = Assert.Single(report.Methods);

        Assert.Equal([MaskKind.Mask, MaskKind.Boxes], method.Focus.Select(focus => focus.MaskKind));
        Assert.Equal([20L, 30L], method.Focus.Select(focus => focus.Usable));
        Assert.Equal(0.8, method.Focus[0].Focus.Value!.Value, 12);
        Assert.Equal(0.2, method.Focus[1].Focus.Value!.Value, 12);
        Assert.Equal([20L, 30L], method.Distributions.Select(pair => pair.Focus.Counts.Sum()));
        Assert.Equal(2, Assert.Single(report.Classes).Focus.Count);
        Assert.Equal(MaskKind.Boxes, report.Headline.MaskKind); // only they carry an interval
    }

    [Fact]
    public async Task Build_AnyOutcomes_AddUpToTheManifest()
    {
        var report = await Sample.BuildAsync([Sample.Map(0, 0.5), Sample.Unreadable(1), Sample.Zero(2), Sample.Zero(3)], items: 6);

        Assert.Equal(Enum.GetValues<ItemOutcome>().Length, report.Outcomes.Count);
        Assert.Equal((1, 1, 2), (report.Outcomes[ItemOutcome.Explained], report.Outcomes[ItemOutcome.Unreadable], report.Outcomes[ItemOutcome.NoPositiveEvidence]));
        Assert.Equal(2, report.Unaccounted);
        Assert.Equal(6, report.Outcomes.Values.Sum() + report.Unaccounted);
    }

    [Fact]
    public async Task Build_SeveralMethodsAndTargets_CountAnItemOnce()
    {
        var rows = Enumerable.Range(0, 12).SelectMany(i => new[]
        {
            Sample.Map(i, 0.7, correct: i != 0),
            Sample.Map(i, 0.7, correct: i != 0) with { Target = "label" },
            Sample.Map(i, 0.7, correct: i != 0) with { Method = MethodNames.Cam },
        }).ToList();
        var report = await Sample.BuildAsync(rows, null, MethodNames.GradCam, MethodNames.Cam);

        Assert.Equal(12, report.Outcomes[ItemOutcome.Explained]);
        Assert.Equal((11, 12), (report.Accuracy.Successes, report.Accuracy.N));
        Assert.Equal(
            [(MethodNames.GradCam, "predicted"), (MethodNames.GradCam, "label"), (MethodNames.Cam, "predicted")],
            report.Methods.Select(method => (method.Method, method.Target)));
    }

    [Fact]
    public async Task Build_Accuracy_CountsMappedLabelsOnlyAndHasItsWilsonInterval()
    {
        var rows = Enumerable.Range(0, 30).Select(i => Sample.Map(i, 0.7, correct: i >= 20 ? null : i > 0)).ToList();
        var accuracy = (await Sample.BuildAsync(rows)).Accuracy;

        Assert.Equal((19, 20, 0.95), (accuracy.Successes, accuracy.N, accuracy.Value));
        Assert.Equal(0.7639, accuracy.Low!.Value, 4); // Wilson for 19 of 20
        Assert.Equal(0.9911, accuracy.High!.Value, 4);
    }

    [Theory]
    [InlineData(9, Support.PicturesOnly, false, false)]
    [InlineData(10, Support.Greyed, true, false)]
    [InlineData(29, Support.Greyed, true, false)]
    [InlineData(30, Support.Interval, true, true)]
    public async Task Build_ClassOfThatSize_SaysNoMoreThanItsSizeAllows(int n, Support support, bool value, bool interval)
    {
        var report = await Sample.BuildAsync([.. Enumerable.Range(0, n).Select(i => Sample.Map(i, 0.6 + (0.01 * (i % 5))))]);
        var focus = Assert.Single(Assert.Single(report.Classes).Focus);

        Assert.Equal(support, focus.Support);
        Assert.Equal(value, focus.Focus.Value is not null);
        Assert.Equal(value, focus.BackgroundAttention.Value is not null);
        Assert.Equal(value, focus.MedianFocus is not null);
        Assert.Equal(interval, focus.Focus.Low is not null);
        Assert.Equal(n, focus.Usable);
    }

    [Fact]
    public async Task Build_ClassesOfAllSizes_ListsTheLeastFocusedWithEnoughItemsFirst()
    {
        (string Name, int N, double E)[] sizes = [("few", 5, 0.1), ("good", 30, 0.9), ("poor", 30, 0.4), ("some", 12, 0.2)];
        var rows = sizes.SelectMany(size => Enumerable.Repeat(size, size.N)).Select((size, i) => Sample.Map(i, size.E, size.Name)).ToList();
        rows.Add(Sample.Map(rows.Count, 0.5, label: null));

        Assert.Equal(["poor", "good", "some", "few", null], (await Sample.BuildAsync(rows)).Classes.Select(row => row.Class));
    }

    [Fact]
    public async Task Build_GroupsOfCopies_WidenTheInterval()
    {
        var rows = Enumerable.Range(0, 120).Select(i => Sample.Map(i, i / 10 % 2 == 0 ? 0.8 : 0.4)).ToList();
        var alone = (await Sample.BuildAsync(rows)).Methods[0].Focus[0].Focus;
        var grouped = (await Sample.BuildAsync([.. rows.Select(row => row with { Group = $"video {row.Item / 10}" })])).Methods[0].Focus[0].Focus;

        Assert.Equal(alone.Value, grouped.Value);
        Assert.Equal(Math.Sqrt(10), (grouped.High!.Value - grouped.Low!.Value) / (alone.High!.Value - alone.Low!.Value), 0.6);
    }

    [Fact]
    public async Task Build_SameRowsTwice_IsTheSameReport()
    {
        var rows = Enumerable.Range(0, 60).Select(i => Sample.Map(i, (i % 10) / 10.0)).ToList();

        Assert.Equal((await Sample.BuildAsync(rows)).Methods[0].Focus[0], (await Sample.BuildAsync(rows)).Methods[0].Focus[0]);
    }

    [Fact]
    public async Task Build_RowsOutOfOrder_Throws() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Sample.BuildAsync([Sample.Map(1, 0.5), Sample.Map(0, 0.5)]));

    [Fact]
    public async Task Build_PaddingOnSomeItems_AveragesThoseOnly()
    {
        var rows = Enumerable.Range(0, 30).Select(i => i < 15
            ? Sample.Map(i, 0.5) with { Measures = new FocusMeasures { PaddingShare = 0.3, PaddingArea = 0.2 } }
            : Sample.Map(i, 0.5) with { Measures = new FocusMeasures { PaddingShare = 0, PaddingArea = 0 } }).ToList();
        var padding = (await Sample.BuildAsync(rows)).Methods[0].Zones.Padding;

        Assert.Equal(15, padding.N);
        Assert.Equal(0.3, padding.Value!.Value, 12);
        Assert.Equal(0.2, padding.Chance!.Value, 12);
    }

    [Fact]
    public async Task Build_Splits_HaveTheirOwnFigures()
    {
        var rows = Enumerable.Range(0, 60).Select(i => Sample.Map(i, i < 30 ? 0.9 : 0.6, correct: i < 45) with { Split = i < 30 ? "train" : "val" }).ToList();
        var splits = (await Sample.BuildAsync(rows)).Splits;

        Assert.Equal(["train", "val"], splits.Select(row => row.Split));
        Assert.Equal([1.0, 0.5], splits.Select(row => row.Accuracy.Value!.Value));
        Assert.Equal([0.8, 0.2], splits.Select(row => Math.Round(row.Focus[0].Focus.Value!.Value, 9)));
    }
}

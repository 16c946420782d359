using BatchXai.Contracts.Results;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

public sealed class AgreementTests
{
    [Fact]
    public async Task Build_FortyMaps_GivesMeansIntervalsAndChanceWorkedOutByHand()
    {
        // The sample's measures are E itself, .8 in 30 maps and .3 in 10; the object covers a quarter.
        var method = Assert.Single((await Sample.BuildAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, i < 30 ? 0.8 : 0.3))])).Methods);
        var agreement = Assert.Single(method.Agreement);

        Assert.Equal(40, agreement.RankAccuracy.N);
        Assert.Equal(0.675, agreement.RankAccuracy.Value!.Value, 12); // (30·.8 + 10·.3) / 40
        Assert.Equal(0.325, agreement.AttentionIouBackground.Value!.Value, 12);
        Assert.Equal([0.25, 0.25 / 1.75, 0.5, 0.25], new[] { agreement.RankAccuracy, agreement.AreaMatchedIou, agreement.PixelAuc, agreement.AveragePrecision }.Select(figure => figure.Chance!.Value));
        Assert.Null(agreement.AttentionIouObject.Chance);
        Assert.Equal(0.4, method.Gini!.Value!.Value, 12);

        // .8 or .3: sd = .5·√(.75·.25) = .217, half-width 1.96·.217/√40 = .067.
        Assert.InRange(agreement.PixelAuc.High!.Value - agreement.PixelAuc.Low!.Value, 0.11, 0.155);
        Assert.InRange(0.675, agreement.PixelAuc.Low.Value, agreement.PixelAuc.High.Value);
    }

    [Fact]
    public async Task Build_MasksAndBoxes_AgreeApart()
    {
        var rows = Enumerable.Range(0, 40).Select(i => i < 20 ? Sample.Map(i, 0.9) : Sample.Map(i, 0.6) with { MaskKind = MaskKind.Boxes }).ToList();
        var method = Assert.Single((await Sample.BuildAsync(rows)).Methods);

        Assert.Equal([MaskKind.Mask, MaskKind.Boxes], method.Agreement.Select(figures => figures.MaskKind));
        Assert.Equal([0.9, 0.6], method.Agreement.Select(figures => Math.Round(figures.RankAccuracy.Value!.Value, 9)));
    }

    [Fact]
    public async Task Build_GroupsOfCopies_WidenTheInterval()
    {
        var rows = Enumerable.Range(0, 120).Select(i => Sample.Map(i, i / 10 % 2 == 0 ? 0.8 : 0.4)).ToList();
        var alone = (await Sample.BuildAsync(rows)).Methods[0].Agreement[0].PixelAuc;
        var grouped = (await Sample.BuildAsync([.. rows.Select(row => row with { Group = $"video {row.Item / 10}" })])).Methods[0].Agreement[0].PixelAuc;

        Assert.Equal(alone.Value, grouped.Value);
        Assert.Equal(Math.Sqrt(10), (grouped.High!.Value - grouped.Low!.Value) / (alone.High!.Value - alone.Low!.Value), 0.6);
    }

    [Fact]
    public async Task Build_ClassWithoutImages_IsLeftOut_AndLowersNoMean()
    {
        // The model has an output for dogs, the dataset has none.
        var report = await Sample.BuildAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8))]);

        Assert.Equal("cat", Assert.Single(report.Classes).Class);
        Assert.Equal(0.8, report.Methods[0].Agreement[0].RankAccuracy.Value!.Value, 12);
    }

    [Fact]
    public async Task Build_Corners_HaveFiguresOfTheirOwnBesideTheirArea()
    {
        var corners = (await Sample.BuildAsync([.. Enumerable.Range(0, 20).Select(i => Sample.Map(i, 0.8))])).Methods[0].Zones.Corners!;

        Assert.Equal([0.02, 0.01, 0.015, 0.005], new[] { corners.TopLeft, corners.TopRight, corners.BottomLeft, corners.BottomRight }.Select(corner => Math.Round(corner.Value!.Value, 9)));
        Assert.Equal(0.04, corners.TopLeft.Chance);
    }

    [Fact]
    public async Task Build_ItemsWithSeveralBoxes_HaveTheirCoverageOverThemAlone()
    {
        var rows = Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8) with { MaskKind = MaskKind.Boxes }).ToList();
        var several = rows.Select(row => row.Item < 20 ? row with { Measures = row.Measures with { InstanceCoverage = row.Item % 2 } } : row).ToList();

        Assert.Equal(new(0, null, null), (await Sample.BuildAsync(rows)).Methods[0].Agreement[0].InstanceCoverage);
        Assert.Equal(new(20, 0.5, null), (await Sample.BuildAsync(several)).Methods[0].Agreement[0].InstanceCoverage);
    }
}

using BatchXai.Cli.Selftest;
using BatchXai.Contracts.Results;
using Xunit;

namespace BatchXai.Cli.Tests.Selftest;

public sealed class DetectionScoresTests
{
    [Fact]
    public void Of_Rows_EachScoreIsTheMeanOverWhatItIsAbout()
    {
        // Twenty right and sure with κ .5; ten wrong and unsure with κ −.5 for the prediction and .3 for the label; one map that is zero.
        ItemResult[] rows =
        [
            .. Enumerable.Range(0, 20).Select(i => Row(i, "predicted", .5, true, .95)),
            .. Enumerable.Range(20, 10).SelectMany(i => new[] { Row(i, "predicted", -.5, false, .6), Row(i, "label", .3, false, .6) }),
            Row(30, "predicted", 0, true, .95) with { Status = HeatmapStatus.ZeroHeatmap },
        ];
        var scores = DetectionScores.Of(rows, new Dictionary<string, double?>());

        Assert.Equal((30 / 31.0, 21 / 31.0), (scores.Usable, scores.Accuracy!.Value));
        Assert.Equal(-5 / 30.0, scores.Values[DetectionScores.Focus]!.Value, 9);
        Assert.Equal(.5, scores.Values["κ, lowest tenth"]!.Value, 9);
        Assert.Equal(.5, scores.Values["κ of wrong predictions"]!.Value, 9);
        Assert.Equal(.8, scores.Values["κ of the label − κ of the wrong prediction"]!.Value, 9);
        Assert.Equal(0, scores.Values["share of confident predictions with κ < 0"]!.Value, 9);
    }

    [Fact]
    public void Of_FewerThanTenItems_AScoreIsNotDefined()
    {
        var scores = DetectionScores.Of([.. Enumerable.Range(0, 20).Select(i => Row(i, "predicted", .5, i > 8, .95))], new Dictionary<string, double?>());
        Assert.Null(scores.Values["κ of wrong predictions"]);
        Assert.NotNull(scores.Values[DetectionScores.Focus]);
    }

    private static ItemResult Row(long item, string target, double focus, bool right, double confidence) => new()
    {
        Item = item,
        ItemId = $"{item}",
        Split = ZooSets.Test,
        Outcome = ItemOutcome.Explained,
        Correct = right,
        Confidence = confidence,
        Method = "gradcam",
        Target = target,
        Status = HeatmapStatus.Ok,
        MaskStatus = MaskStatus.Ok,
        MaskKind = MaskKind.Mask,
        Measures = new() { Focus = focus },
    };
}

using BatchXai.Statistics.Verdicts;
using Xunit;
using static BatchXai.Statistics.Tests.Verdicts.Samples;

namespace BatchXai.Statistics.Tests.Verdicts;

public sealed class SplitReadingTests
{
    private const double Small = 0.01;
    private const double Large = 0.2;
    private const double NotUsed = 0;
    private const double Used = 0.3;

    // The decision table: accuracy gap, BG-gap, κ on validation, drop of κ.
    [Theory]
    [InlineData(Small, NotUsed, 0.6, 0.0, SplitFinding.NoEvidence)]
    [InlineData(Small, NotUsed, 0.3, 0.0, SplitFinding.NoEvidence)]
    [InlineData(Large, NotUsed, 0.3, 0.2, SplitFinding.Memorisation)]
    [InlineData(Large, NotUsed, 0.0, 0.2, SplitFinding.Memorisation)]
    [InlineData(Large, NotUsed, 0.3, 0.0, SplitFinding.AccuracyGapOnly)]
    [InlineData(Small, Used, 0.0, 0.0, SplitFinding.Shortcut)]
    [InlineData(Small, Used, 0.3, 0.0, SplitFinding.Shortcut)]
    [InlineData(Large, Used, 0.0, 0.0, SplitFinding.Both)]
    [InlineData(Large, Used, 0.0, 0.2, SplitFinding.Both)]
    [InlineData(Small, NotUsed, 0.0, 0.0, SplitFinding.MethodOrMasks)]
    [InlineData(Small, Used, 0.7, 0.0, SplitFinding.Artefact)]
    [InlineData(Large, Used, 0.7, 0.0, SplitFinding.Artefact)]
    public void Of_EachRowOfTheTable_IsItsFinding(double accuracyGap, double backgroundGap, double focus, double drop, SplitFinding finding) =>
        Assert.Equal(finding, Read(Around(accuracyGap), Causal(Around(backgroundGap)), Around(focus), Around(drop)).Finding);

    // Without causal tests a shortcut is never found, and only maps clearly on the object exclude one.
    [Theory]
    [InlineData(Small, 0.7, 0.0, SplitFinding.NoEvidence)]
    [InlineData(Large, 0.7, 0.2, SplitFinding.Memorisation)]
    [InlineData(Large, 0.7, 0.0, SplitFinding.AccuracyGapOnly)]
    [InlineData(Small, 0.0, 0.0, SplitFinding.Unclear)]
    [InlineData(Small, 0.3, 0.0, SplitFinding.Unclear)]
    [InlineData(Large, 0.3, 0.2, SplitFinding.Unclear)]
    public void Of_MapsAlone_SayLess(double accuracyGap, double focus, double drop, SplitFinding finding) =>
        Assert.Equal(finding, Read(Around(accuracyGap), CausalEvidence.None, Around(focus), Around(drop)).Finding);

    [Fact]
    public void Of_AccuracyGapUnknown_StillKeepsTheFindingsApart()
    {
        var reading = Read(null, Causal(Around(Used)), Around(0), Around(0));

        Assert.Equal((SplitFinding.Unclear, Answer.Yes, Answer.Unclear), (reading.Finding, reading.Shortcut, reading.Memorisation));
        Assert.Equal((Answer.Unclear, Answer.No, CausalLevel.Present), (reading.LargeAccuracyGap, reading.FocusDrops, reading.Causal));
    }

    [Fact]
    public void Of_ShortcutUnknown_StillKeepsTheFindingsApart()
    {
        var reading = Read(Around(Large), CausalEvidence.None, Around(0.3), Around(0.2));

        Assert.Equal((SplitFinding.Unclear, Answer.Unclear, Answer.Yes), (reading.Finding, reading.Shortcut, reading.Memorisation));
    }

    [Theory]
    [InlineData(0.06, 0.02, Answer.Unclear)]
    [InlineData(0.06, 0.005, Answer.Yes)]
    [InlineData(0.04, 0.005, Answer.No)]
    public void Of_AccuracyGap_IsReadOnItsInterval(double gap, double half, Answer large) =>
        Assert.Equal(large, Read(Around(gap, half), Causal(), Around(0.4), Around(0)).LargeAccuracyGap);

    [Theory]
    [InlineData(0.03, 0.02, Answer.Yes)]
    [InlineData(0.03, 0.05, Answer.No)]
    [InlineData(0.08, 0.09, Answer.Unclear)]
    public void Of_FocusDrop_IsThereWhenProvenAndAbsentWhenNoneThatMattersIsLeft(double drop, double half, Answer drops) =>
        Assert.Equal(drops, Read(Around(Large), Causal(), Around(0.4), Around(drop, half)).FocusDrops);

    [Fact]
    public void Of_FewItems_SayNothing()
    {
        var reading = Read(Around(Large, n: 40), Causal(), Around(0.4, n: 40), Around(0.3, n: 40));

        Assert.Equal((Answer.Unclear, Answer.Unclear, Answer.Unclear), (reading.LargeAccuracyGap, reading.FocusDrops, reading.Memorisation));
    }

    // Of new images 60 % are wrong; another background makes a new image. What tells the class is a shortcut all the same.
    [Theory]
    [InlineData(Large, 0.4, 0.0, 0.4, SplitFinding.Memorisation)]
    [InlineData(Large, 0.7, 0.0, 0.4, SplitFinding.Both)]
    [InlineData(Large, 0.4, Used, 0.4, SplitFinding.Both)]
    [InlineData(Small, 0.4, 0.0, 0.4, SplitFinding.Shortcut)]
    [InlineData(Large, 0.4, 0.0, 0.9, SplitFinding.Both)]
    public void Of_FlipsOfWhatWasLearntByHeart_AreNoShortcut(double accuracyGap, double flips, double backgroundGap, double accuracy, SplitFinding finding) =>
        Assert.Equal(finding, Read(Around(accuracyGap), Causal(Around(backgroundGap), Around(flips)), Around(0.05), Around(0.2), Around(accuracy)).Finding);

    // κ that is low on training items has nothing to drop from.
    [Theory]
    [InlineData(0.05, SplitFinding.Memorisation)]
    [InlineData(0.1, SplitFinding.AccuracyGapOnly)]
    public void Of_FocusLowOnTrainingItems_TheAccuracyGapSpeaksAlone(double focus, SplitFinding finding) =>
        Assert.Equal(finding, Read(Around(Large), Causal(), Around(focus), Around(0)).Finding);

    [Fact]
    public void Of_BackgroundGapNotKnown_DoesNotSayThatThereIsNoShortcut()
    {
        var reading = Read(Around(Large), Causal(Around(0.08, 0.1), Around(0.4)), Around(0.05), Around(0.2), Around(0.4));

        Assert.Equal((SplitFinding.Unclear, Answer.Unclear, Answer.Yes), (reading.Finding, reading.Shortcut, reading.Memorisation));
    }

    private static SplitReading Read(Estimate? accuracyGap, CausalEvidence causal, Estimate? focus, Estimate? drop, Estimate? accuracy = null) => SplitReading.Of(
        new SplitEvidence { AccuracyGap = accuracyGap, Accuracy = accuracy ?? Around(0.9), Causal = causal, Focus = focus, TrainingFocus = drop is null ? null : focus?.Plus(drop.Value.Value), FocusDrop = drop }, new VerdictThresholds());
}

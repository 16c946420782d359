using BatchXai.Cli.Planted;
using BatchXai.Cli.Selftest;
using Xunit;

namespace BatchXai.Cli.Tests.Selftest;

public sealed class BarsTests
{
    private static readonly ZooModelResult[] Clean = [.. Enumerable.Range(0, 10).Select(i => ZooModels.Result($"clean-{i}", .5, 0, .5 + (.01 * i)))];

    [Fact]
    public void Of_ShortcutsAllLessFocused_DetectionIsMet()
    {
        var bar = Bar("detection by attribution, texture, hue and frame", [.. Clean, .. Shortcuts(.1)]);
        Assert.True(bar.Met);
        Assert.StartsWith("1.000 [1.000", bar.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ShortcutsMoreFocused_DetectionIsNotMet() =>
        Assert.False(Bar("detection by attribution, texture, hue and frame", [.. Clean, .. Shortcuts(.9)]).Met);

    [Fact]
    public void Of_CueOnTheObject_IsReportedWithoutBarAndLeftOutOfTheOthers()
    {
        ZooModelResult[] models = [.. Clean, .. Shortcuts(.9, PlantedCue.ObjectColour)];
        Assert.Null(Bar("detection by attribution, texture, hue and frame", models).Met);
        var bar = Bar("detection by attribution, object colour: not expected", models);
        Assert.Null(bar.Met);
        Assert.Equal("–", bar.Verdict);
        Assert.StartsWith("0.000", bar.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PlantedButNotReliedOn_CountsAsNeither() =>
        Assert.Null(Bar("… ρ = .95 and 1", [.. Clean, ZooModels.Result("ignores", 1, .04, .1), ZooModels.Result("unsure", 1, .06, .1)]).Met);

    [Fact]
    public void Of_MemorisersAndRandomWeights_CountAsNeither()
    {
        var bar = Bar("balanced accuracy of clean models", [ZooModels.Result("memoriser", .5, 0, .1, ZooModelKind.Memoriser), ZooModels.Result("random", .5, 0, .1, ZooModelKind.RandomWeights)]);
        Assert.Null(bar.Met);
        Assert.Equal("not judged", bar.Verdict);
    }

    [Fact]
    public void Of_CleanModelThatHasNotLearntItsTask_TheZooIsNotValid()
    {
        var bar = Bar("balanced accuracy of clean models", [.. Clean, Clean[0] with { Made = Clean[0].Made with { BalancedAccuracy = .9 } }]);
        Assert.False(bar.Met);
        Assert.Equal("NOT MET", bar.Verdict);
    }

    [Fact]
    public void Of_MapsFailAndFlipsTell_OnlyTheCausalBarIsMet()
    {
        ZooModelResult[] models = [.. Clean, .. Shortcuts(.9)];
        Assert.False(Bar("detection by attribution, texture, hue and frame", models).Met);
        Assert.True(Bar("detection by causal tests (net flip rate), texture, hue, frame and tag", models).Met);
    }

    [Fact]
    public void Of_FocusFallsAsRelianceGrows_RankCorrelationIsOne() =>
        Assert.StartsWith("1.000", Bar("rank correlation of focus κ with measured reliance, texture", [.. Enumerable.Range(0, 8).Select(i => ZooModels.Result($"m{i}", .8, .1 * i, .9 - (.1 * i)))]).Measured, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CentralBlob_RawShareFollowsObjectSizeAndFocusDoesNot(bool centred)
    {
        var sizes = CentralBlobControl.Measure(centred);
        Assert.All(sizes, size => Assert.InRange(size.Focus, -.03, .03));
        Assert.True(sizes[2].Energy > 2 * sizes[0].Energy, $"{sizes[0].Energy} of small objects, {sizes[2].Energy} of large ones");
    }

    private static ZooModelResult[] Shortcuts(double focus, PlantedCue cue = PlantedCue.Texture) =>
        [.. Enumerable.Range(0, 5).Select(i => ZooModels.Result($"shortcut-{i}", .9, .6, focus, cue: cue))];

    private static Bar Bar(string measure, IReadOnlyList<ZooModelResult> models) => Assert.Single(Bars.Of(models), bar => bar.Measure == measure);
}

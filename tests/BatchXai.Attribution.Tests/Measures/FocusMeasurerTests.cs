using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class FocusMeasurerTests
{
    private static readonly float[] HalfMask = [1, 1, 0, 0];

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    public void Measure_MapWithoutPositiveValue_IsZeroHeatmapWithoutMeasures(float value)
    {
        var measures = Fields.Measure([value, value, value, value], HalfMask, padding: [0, 0, 0, 1]);

        Assert.Equal(MapStatus.ZeroHeatmap, measures.MapStatus);
        Assert.Equal(0, measures.PositiveMass);
        Assert.Equal(value, measures.Maximum);
        Assert.Equal(.5, measures.ObjectArea);
        AssertNoMapMeasures(measures);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Measure_NonFiniteMap_IsNonFiniteWithoutMeasures(float value)
    {
        var measures = Fields.Measure([1, value, 1, 1], HalfMask);

        Assert.Equal(MapStatus.NonFinite, measures.MapStatus);
        Assert.Null(measures.Maximum);
        Assert.Null(measures.PositiveMass);
        AssertNoMapMeasures(measures);
    }

    [Theory]
    [InlineData(new float[0], ObjectMaskStatus.NoMask)]
    [InlineData(new float[] { 0, 0, 0, 0 }, ObjectMaskStatus.EmptyMask)]
    [InlineData(new float[] { 1, 1, 1, 1 }, ObjectMaskStatus.FullMask)]
    [InlineData(new float[] { 1, 1, 1, 0 }, ObjectMaskStatus.FullMask)]
    public void Measure_UnusableMask_HasZonesButNothingAboutTheObject(float[] mask, ObjectMaskStatus expected)
    {
        var measures = Fields.Measure([3, 1, 1, 1], mask);

        Assert.Equal(MapStatus.Ok, measures.MapStatus);
        Assert.Equal(expected, measures.ObjectMaskStatus);
        Assert.Equal(.5, measures.CentreShare!.Value, 1e-9);
        AssertNoObjectMeasures(measures);
    }

    [Fact]
    public void Measure_SignedMap_CountsPositiveMassOnly()
    {
        // The signed sum inside the mask would be 30 times the total: 3 of 3 − 2 − .9.
        var measures = Fields.Measure([3, -2, -.9f, 0], [1, 0, 0, 0]);

        Assert.Equal(0, measures.BackgroundAttention);
        Assert.Equal(3, measures.PositiveMass);
        Assert.Equal(2.9 / 5.9, measures.NegativeShare!.Value, 1e-6);
    }

    [Fact]
    public void Measure_SmallMap_MatchesArithmeticByHand()
    {
        // E = (3·1 + 1·.5)/(3 + 1 + 1) = .7, p = 1.5/4, shifts of a 2×2 mask: the three others.
        var measures = Fields.Measure([3, 1, 0, 1], [1, .5f, 0, 0]);

        Assert.Equal(.3, measures.BackgroundAttention!.Value, 1e-6);
        Assert.Equal(.7 / .375, measures.Lift!.Value, 1e-6);
        Assert.Equal(Math.Log(.7 / .3) - Math.Log(.375 / .625), measures.LogOddsLift!.Value, 1e-6);
        // [.5,1,0,0] → 2.5/5; [0,0,1,.5] → .5/5; [0,0,.5,1] → 1/5.
        Assert.Equal(.8 / 3, measures.ChanceEnergy!.Value, 1e-6);
        Assert.Equal((.7 - (.8 / 3)) / (1 - (.8 / 3)), measures.Focus!.Value, 1e-6);
        Assert.Equal(1, measures.PointingGame);
        Assert.Equal(.5, measures.PointingGameByChance);
        var entropy = -((.6 * Math.Log(.6)) + (2 * .2 * Math.Log(.2)));
        Assert.Equal(Math.Exp(entropy) / 4, measures.EffectiveArea!.Value, 1e-9);
    }

    [Fact]
    public void Measure_ScaledMap_GivesTheSameShares()
    {
        var mask = Fields.Disc(14, .2, .3, .6);
        var map = Fields.CentralGaussian(14, .2);

        var one = Fields.Measure(map, mask);
        var million = Fields.Measure(Array.ConvertAll(map, value => value * 1048576), mask);

        Assert.Equal(one with { Maximum = null, PositiveMass = null }, million with { Maximum = null, PositiveMass = null });
    }

    [Fact]
    public void Measure_Padding_ReportsShareAndArea()
    {
        var measures = Fields.Measure([3, 1, 0, 0], [], padding: [.5f, 1, 0, 0]);

        Assert.Equal(2.5 / 4, measures.PaddingShare!.Value, 1e-9);
        Assert.Equal(1.5 / 4, measures.PaddingArea!.Value, 1e-9);
        Assert.Null(Fields.Measure([3, 1, 0, 0], []).PaddingShare);
    }

    [Fact]
    public void Measure_WrongSizesAndValues_AreRefusedByName()
    {
        Assert.Contains("3×3", Refusal(() => FocusMeasurer.Measure(new float[4], 3, 3, [], null, 0, [])), StringComparison.Ordinal);
        Assert.Contains("mask", Refusal(() => FocusMeasurer.Measure(new float[4], 2, 2, new float[9], null, 0, [])), StringComparison.Ordinal);
        Assert.Contains("255", Refusal(() => FocusMeasurer.Measure(new float[4], 2, 2, [255, 0, 0, 0], null, 0, [])), StringComparison.Ordinal);
        Assert.Contains("NaN", Refusal(() => FocusMeasurer.Measure(new float[4], 2, 2, [], null, 0, [float.NaN, 0, 0, 0])), StringComparison.Ordinal);
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static void AssertNoMapMeasures(HeatmapMeasures measures) => Assert.All(
        new[]
        {
            measures.BackgroundAttention, measures.ChanceEnergy, measures.Focus, measures.Lift, measures.LogOddsLift, measures.PointingGame,
            measures.CentreShare, measures.BorderShare, measures.CornerShare, measures.PaddingShare, measures.EffectiveArea, measures.NegativeShare,
            measures.RankAccuracy, measures.AreaMatchedIou, measures.AttentionIouObject, measures.AttentionIouBackground, measures.PixelAuc, measures.AveragePrecision,
            measures.CornerTopLeftShare, measures.CornerTopRightShare, measures.CornerBottomLeftShare, measures.CornerBottomRightShare, measures.Gini,
        },
        value => Assert.Null(value));

    private static void AssertNoObjectMeasures(HeatmapMeasures measures) => Assert.All(
        new[]
        {
            measures.ObjectArea, measures.BackgroundAttention, measures.ChanceEnergy, measures.Focus, measures.Lift, measures.LogOddsLift,
            measures.PointingGame, measures.PointingGameByChance, measures.RankAccuracy, measures.AreaMatchedIou, measures.AttentionIouObject,
            measures.AttentionIouBackground, measures.PixelAuc, measures.AveragePrecision,
        },
        value => Assert.Null(value));
}

using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

/// <summary>
/// What other tools get wrong, case by case. A class without images, and boxes beside masks, are cases of the report: AgreementTests.
/// </summary>
public class EdgeCaseTests
{
    private static readonly float[] Half = [1, 1, 0, 0];

    [Fact]
    public void ZeroHeatmap_IsNeitherAHitNorAValueThatDependsOnTheOrderOfCells()
    {
        var first = Fields.Measure(new float[4], Half);
        var last = Fields.Measure(new float[4], [0, 0, 1, 1]);

        Assert.Equal(MapStatus.ZeroHeatmap, first.MapStatus);
        Assert.Equal(first, last);
        Assert.All([first.PointingGame, first.RankAccuracy, first.PixelAuc, first.AttentionIouObject, first.BackgroundAttention, first.Gini], value => Assert.Null(value));
    }

    [Fact]
    public void EmptyMask_IsNeitherHitNorMiss()
    {
        var measures = Fields.Measure([3, 1, 1, 1], new float[4]);

        Assert.Equal(ObjectMaskStatus.EmptyMask, measures.ObjectMaskStatus);
        Assert.All([measures.PointingGame, measures.RankAccuracy, measures.PixelAuc, measures.AveragePrecision, measures.BackgroundAttention], value => Assert.Null(value));
    }

    [Fact]
    public void FullMask_IsNoPerfectScore()
    {
        var measures = Fields.Measure([3, 1, 1, 1], [1, 1, 1, 1]);

        Assert.Equal(ObjectMaskStatus.FullMask, measures.ObjectMaskStatus);
        Assert.All([measures.PointingGame, measures.Lift, measures.Focus, measures.PixelAuc, measures.AttentionIouBackground], value => Assert.Null(value));
    }

    [Fact]
    public void MaskOverHalfTheImage_IsKept_AndFocusHasTheRestOfTheScale()
    {
        var mask = Fields.Fill(8, 8, (_, x) => x < .75 ? 1 : 0);

        var (uniform, perfect) = (Fields.Measure(Fields.Uniform(8), mask), Fields.Measure(mask, mask));

        Assert.Equal(.75, uniform.ObjectArea!.Value, 1e-9);
        Assert.Equal(0, uniform.Focus!.Value, 1e-6);
        Assert.Equal(1, perfect.Focus!.Value, 1e-6);
        Assert.Equal(1 / .75, perfect.Lift!.Value, 1e-9); // lift cannot say more of a large object
    }

    [Fact]
    public void SeveralObjects_AreOneUnion_AndNoneIsCountedTwice()
    {
        // Two objects side by side, and evidence on both.
        var mask = Fields.Fill(8, 8, (y, x) => y < .25 && x is < .25 or > .75 ? 1 : 0);

        var measures = Fields.Measure(mask, mask);

        Assert.Equal(0, measures.BackgroundAttention!.Value, 1e-9);
        Assert.Equal((1, 1, 1), (measures.RankAccuracy, measures.PixelAuc, measures.PointingGame));
    }

    [Fact]
    public void NegativeAttributions_LeaveMassMeasuresWithinTheirRange_AndRankLast()
    {
        var measures = Fields.Measure([3, -2, -.9f, 0], [1, 0, 0, 0]);

        Assert.Equal(0, measures.BackgroundAttention); // a signed sum would put 30 times the total inside
        Assert.Equal(1, measures.AttentionIouObject!.Value, 1e-9);
        Assert.Equal(.75, measures.Gini!.Value, 1e-9);
        Assert.Equal(1 / 3.0, Fields.Measure([3, -2, -.9f, 0], [0, 0, 1, 0]).PixelAuc!.Value, 1e-9); // above −2, below 3 and 0
    }

    [Fact]
    public void Ties_CountInPart_WhereverTheObjectLies()
    {
        float[] tied = [2, 2, 2, 1];
        var masks = new float[][] { [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0] };

        var measures = masks.Select(mask => Fields.Measure(tied, mask)).ToList();

        Assert.All(measures, measure => Assert.Equal(1 / 3.0, measure.RankAccuracy!.Value, 1e-9));
        Assert.All(measures, measure => Assert.Equal(1 / 3.0, measure.PointingGame!.Value, 1e-9));
        Assert.All(measures, measure => Assert.Equal(2 / 3.0, measure.PixelAuc!.Value, 1e-9)); // two ties and one win of three
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void NonFiniteHeatmap_IsNoHit(float value)
    {
        var measures = Fields.Measure([value, 1, 0, 0], Half);

        Assert.Equal(MapStatus.NonFinite, measures.MapStatus);
        Assert.All([measures.PointingGame, measures.RankAccuracy, measures.PixelAuc, measures.Gini, measures.CornerTopLeftShare], value => Assert.Null(value));
    }

    [Fact]
    public void PointingGame_IsNotWeightedByTheMask() =>
        Assert.Equal(1, Fields.Measure([5, 1, 1, 1], [.6f, 0, 0, 0]).PointingGame);

    [Fact]
    public void CoarseMap_IsMeasuredAtItsOwnGrid_SoNoMassLeaksOverTheObjectsEdge()
    {
        // The object fills one cell of a 4×4 map, which looks at nothing else.
        var fine = Fields.Fill(64, 64, (y, x) => y is > .25 and < .5 && x is > .25 and < .5 ? 1 : 0);
        var map = AreaResampling.Average(fine, 64, 64, 4, 4);

        var measures = Fields.Measure(map, AreaResampling.Average(fine, 64, 64, 4, 4));

        Assert.Equal(0, measures.BackgroundAttention!.Value, 1e-9);
        Assert.Equal(1, measures.AttentionIouObject!.Value, 1e-9);
    }

    [Fact]
    public void SingleCellGrid_HasNoMaskThatIsPartObjectAndPartBackground() =>
        Assert.Equal(ObjectMaskStatus.FullMask, FocusMeasurer.Measure([1], 1, 1, [.5f], null, 0, []).ObjectMaskStatus);
}

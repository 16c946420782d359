using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

/// <summary>
/// Constructed models whose activations are the mask and its complement: the map (1 − λ)m + λ(1 − m) relies on the background by λ, and
/// every measure of it is known in closed form.
/// </summary>
public class OracleModelTests
{
    [Theory]
    [InlineData(0, .25)]
    [InlineData(.1, .25)]
    [InlineData(.5, .25)]
    [InlineData(.9, .25)]
    [InlineData(1, .25)]
    [InlineData(.4, .08)]
    [InlineData(.6, .5)]
    public void BackgroundAttention_OfOracleModel_MatchesClosedForm(double reliance, double area)
    {
        var (map, mask) = Oracle(reliance, area);

        var measures = Fields.Measure(map, mask);

        var energy = (1 - reliance) * area / (((1 - reliance) * area) + (reliance * (1 - area)));
        Assert.Equal(area, measures.ObjectArea!.Value, 1e-6);
        Assert.Equal(1 - energy, measures.BackgroundAttention!.Value, 1e-6);
        Assert.Equal(energy / area, measures.Lift!.Value, 1e-5);
        if (reliance is 0 or 1)
        {
            Assert.Null(measures.LogOddsLift);
        }
        else
        {
            // The area cancels: this measure sees the reliance alone.
            Assert.Equal(Math.Log((1 - reliance) / reliance), measures.LogOddsLift!.Value, 1e-5);
        }
    }

    [Theory]
    [InlineData(.1, .25)]
    [InlineData(.4, .08)]
    [InlineData(.5, .25)]
    [InlineData(.6, .5)]
    [InlineData(.9, .25)]
    public void OtherMeasures_OfOracleModel_MatchClosedForms(double reliance, double area)
    {
        var (map, mask) = Oracle(reliance, area);

        var measures = Fields.Measure(map, mask);

        // The map has two values: its order says only which side is higher.
        var order = reliance < .5 ? 1 : reliance > .5 ? 0 : .5;
        Assert.Equal(order == .5 ? area : order, measures.RankAccuracy!.Value, 1e-6);
        Assert.Equal(order == .5 ? area / (2 - area) : order, measures.AreaMatchedIou!.Value, 1e-6);
        Assert.Equal(order, measures.PixelAuc!.Value, 1e-6);
        Assert.Equal(order == 1 ? 1 : area, measures.AveragePrecision!.Value, 1e-6);
        var mean = ((1 - reliance) * area) + (reliance * (1 - area));
        Assert.Equal(area * (1 - area) * Math.Abs(1 - (2 * reliance)) / mean, measures.Gini!.Value, 1e-6);
        Assert.Equal(Iou((1 - reliance) / mean, area), measures.AttentionIouObject!.Value, 1e-6);
        Assert.Equal(Iou(reliance / mean, 1 - area), measures.AttentionIouBackground!.Value, 1e-6);
        Assert.True(reliance != .5 || Math.Abs(measures.Focus!.Value) < 1e-6);

        // In units of 1/N: A is a on the mask's side and b on the other, M is 1/p on the mask's side.
        double Iou(double a, double p)
        {
            var b = (1 - (a * p)) / (1 - p);
            return 4 * a / ((p * a * a) + ((1 - p) * b * b) + (2 * a) + (1 / p));
        }
    }

    [Fact]
    public void AttentionIou_AsRelianceGrows_IsStrictlyMonotoneOnBothSides()
    {
        var measures = Enumerable.Range(0, 21).Select(step => Oracle(step / 20.0, .25)).Select(oracle => Fields.Measure(oracle.Map, oracle.Mask)).ToList();

        Assert.All(measures.Zip(measures.Skip(1)), pair =>
        {
            Assert.True(pair.First.AttentionIouObject > pair.Second.AttentionIouObject);
            Assert.True(pair.First.AttentionIouBackground < pair.Second.AttentionIouBackground);
        });
    }

    [Fact]
    public void BackgroundAttentionAndFocus_AsRelianceGrows_AreStrictlyMonotone()
    {
        var measures = Enumerable.Range(0, 21).Select(step => Oracle(step / 20.0, .25)).Select(oracle => Fields.Measure(oracle.Map, oracle.Mask)).ToList();

        Assert.All(measures.Zip(measures.Skip(1)), pair =>
        {
            Assert.True(pair.First.BackgroundAttention < pair.Second.BackgroundAttention);
            Assert.True(pair.First.Focus > pair.Second.Focus);
        });
    }

    [Fact]
    public void RawBackgroundAttention_WhenObjectSizesDiffer_RanksModelsWrongly_AndFocusRightly()
    {
        var (mostlyObject, small) = Oracle(.4, .08);
        var (mostlyBackground, large) = Oracle(.6, .5);

        var good = Fields.Measure(mostlyObject, small);
        var bad = Fields.Measure(mostlyBackground, large);

        Assert.Equal(.368 / .416, good.BackgroundAttention!.Value, 1e-6);
        Assert.Equal(.6, bad.BackgroundAttention!.Value, 1e-6);
        Assert.True(good.Focus > 0);
        Assert.True(bad.Focus < 0);
    }

    [Fact]
    public void TrueClassMap_OnConflictingImage_HasNoBackgroundAttention()
    {
        var (_, mask) = Oracle(0, .25);
        var map = Array.ConvertAll(mask, value => .3f * value);

        Assert.Equal(0, Fields.Measure(map, mask).BackgroundAttention);
    }

    /// <summary>100×100 cells; the object is a band of whole columns, so that its area is exact.</summary>
    private static (float[] Map, float[] Mask) Oracle(double reliance, double area)
    {
        var mask = Fields.Fill(100, 100, (_, x) => x < area ? 1 : 0);
        return (Array.ConvertAll(mask, m => (float)(((1 - reliance) * m) + (reliance * (1 - m)))), mask);
    }
}

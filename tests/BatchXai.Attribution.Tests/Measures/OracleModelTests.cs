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
    [InlineData(.4, .0625)]
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
        var (mostlyObject, small) = Oracle(.4, .0625);
        var (mostlyBackground, large) = Oracle(.6, .5);

        var good = Fields.Measure(mostlyObject, small);
        var bad = Fields.Measure(mostlyBackground, large);

        Assert.True(good.BackgroundAttention > bad.BackgroundAttention);
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

    /// <summary>16×16 cells; the object is a band of whole columns, so that its area is exact.</summary>
    private static (float[] Map, float[] Mask) Oracle(double reliance, double area)
    {
        var mask = Fields.Fill(16, 16, (_, x) => x < area ? 1 : 0);
        return (Array.ConvertAll(mask, m => (float)(((1 - reliance) * m) + (reliance * (1 - m)))), mask);
    }
}

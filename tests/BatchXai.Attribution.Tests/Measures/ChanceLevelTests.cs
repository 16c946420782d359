using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

/// <summary>Maps without information must score κ = 0 whatever the object's size and place.</summary>
public class ChanceLevelTests
{
    private const int Images = 200;
    private static readonly (double From, double To)[] Areas = [(.03, .08), (.10, .25), (.30, .55)];

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(28)]
    [InlineData(56)]
    [InlineData(112)]
    public void Focus_OfUniformMap_IsZeroForEveryImage(int side)
    {
        var bank = Fields.Bank(56, Population(.15, 7).Where((_, i) => i % 10 == 0));

        foreach (var area in new[] { .02, .2, .5 })
        {
            var measures = Fields.Measure(Fields.Uniform(side), Fields.Disc(side, area, .4, .6), bank, -1);
            Assert.Equal(0, measures.Focus!.Value, 1e-6);
            Assert.Equal(1, measures.Lift!.Value, 1e-6);
        }
    }

    [Theory]
    [InlineData(.05, 28)]
    [InlineData(.20, 28)]
    [InlineData(.05, 7)]
    public void Focus_OfCentralGaussian_IsZeroOnAverageForEveryObjectSize(double scatter, int side)
    {
        var population = Population(scatter, 11).ToList();
        var bank = Fields.Bank(56, population);
        var map = Fields.CentralGaussian(side, .18);

        foreach (var images in population.Chunk(Images))
        {
            var measures = images.Select(image => Fields.Measure(map, AreaResampling.Average(image.Mask, 56, 56, side, side), bank, image.Item)).ToList();
            Assert.InRange(measures.Average(measure => measure.Focus!.Value), -.03, .03);
        }
    }

    [Fact]
    public void Lift_OfCentralGaussianOnCentredObjects_IsNotZero_SoTheCorrectionIsNeeded()
    {
        var population = Population(.05, 11).Take(Images).ToList();
        var map = Fields.CentralGaussian(56, .18);

        Assert.True(population.Average(image => Fields.Measure(map, image.Mask).Lift!.Value) > 2);
    }

    [Fact]
    public void Focus_OfTheMaskItself_IsOne()
    {
        // Whole cells: every cell is either object or background, so E is exactly 1.
        var mask = Fields.Fill(28, 28, (y, x) => y is > .25 and < .5 && x is > .5 and < .75 ? 1 : 0);
        var bank = Fields.Bank(56, Population(.15, 3));

        Assert.Equal(1, Fields.Measure(mask, mask, bank, -1).Focus);
        Assert.Equal(1, Fields.Measure(mask, mask).Focus);
    }

    [Fact]
    public void ChanceEnergy_WithoutBank_ComesFromShiftsOfTheOwnMask()
    {
        var mask = Fields.Disc(14, .2, .5, .5);

        var measures = Fields.Measure(Fields.Uniform(14), mask);

        Assert.Equal(measures.ObjectArea!.Value, measures.ChanceEnergy!.Value, 1e-6);
        Assert.Equal(0, measures.Focus!.Value, 1e-6);
    }

    [Fact]
    public void ChanceEnergy_WithFewerThanTwentyOtherMasks_IgnoresTheBank()
    {
        var population = Population(.15, 5).ToList();
        var map = Fields.CentralGaussian(56, .1);
        var mask = population[0].Mask;

        double Chance(MaskBank? bank, long item) => Fields.Measure(map, mask, bank, item).ChanceEnergy!.Value;

        var twenty = Fields.Bank(56, population.Take(20));
        Assert.Equal(Chance(null, 0), Chance(twenty, population[0].Item));
        Assert.NotEqual(Chance(null, 0), Chance(twenty, -1));
    }

    [Fact]
    public void ChanceEnergy_NearCertainty_IsCappedAndLeavesNoFocus()
    {
        // Map and all masks share the same single place.
        var mask = Fields.Fill(8, 8, (y, x) => y < .5 && x < .5 ? 1 : 0);
        var bank = Fields.Bank(8, Enumerable.Range(0, 40).Select(i => ((long)i, mask)));

        var measures = Fields.Measure(mask, mask, bank, -1);

        Assert.Equal(.99, measures.ChanceEnergy!.Value, 12);
        Assert.Null(measures.Focus);
    }

    /// <summary>Wholly visible discs of three classes of sizes at 56×56, centres normal around the middle.</summary>
    private static IEnumerable<(long Item, float[] Mask)> Population(double scatter, int seed)
    {
        var random = new Random(seed);
        long item = 0;
        foreach (var (from, to) in Areas)
        {
            for (var i = 0; i < Images; i++)
            {
                var area = from + ((to - from) * random.NextDouble());
                var radius = Math.Sqrt(area / Math.PI);
                yield return (item++, Fields.Disc(56, area, Centre(radius), Centre(radius)));
            }
        }

        double Centre(double radius) => Math.Clamp(.5 + (scatter * Normal()), radius, 1 - radius);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}

using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class RankMeasuresTests
{
    [Fact]
    public void Of_SmallMap_MatchesArithmeticByHand()
    {
        // From the highest: object, background, object, background, background.
        var ranks = Of([5, 1, 3, 2, 4], [1, 0, 1, 0, 0]);

        Assert.Equal(1 / 2.0, ranks.RankAccuracy, 1e-12); // one of the two highest
        Assert.Equal(1 / 3.0, ranks.AreaMatchedIou, 1e-12); // 1 of 3 cells
        Assert.Equal(5 / 6.0, ranks.PixelAuc, 1e-12); // 3 + 2 of 6 pairs
        Assert.Equal((1 + (2 / 3.0)) / 2, ranks.AveragePrecision, 1e-12);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(-1, 0, 0, .325)] // the object's two cells come last of five: (1/4 + 2/5)/2
    public void Of_PerfectAndReversedOrder_AreTheEndsOfTheScale(float sign, double accuracy, double auc, double precision)
    {
        var ranks = Of([sign * 5, sign * 4, sign * 3, sign * 2, sign * 1], [1, 1, 0, 0, 0]);

        Assert.Equal((accuracy, accuracy, auc), (ranks.RankAccuracy, ranks.AreaMatchedIou, ranks.PixelAuc));
        Assert.Equal(precision, ranks.AveragePrecision, 1e-12);
    }

    [Fact]
    public void RankAccuracyAndAuc_OfTies_AreTheMeansOverAllTiedOrders()
    {
        // Three cells of value 2 are tied across the cut after two cells.
        float[] map = [3, 2, 2, 2, 1], mask = [0, 1, 0, 0, 1];
        double[] breaks = [.1, .2, .3];
        var orders = Permutations(breaks).Select(order => Of([3, 2 + (float)order[0], 2 + (float)order[1], 2 + (float)order[2], 1], mask)).ToList();

        var ranks = Of(map, mask);

        Assert.Equal(6, orders.Count);
        Assert.Equal(orders.Average(order => order.RankAccuracy), ranks.RankAccuracy, 1e-12);
        Assert.Equal(orders.Average(order => order.PixelAuc), ranks.PixelAuc, 1e-12);
    }

    [Theory]
    [InlineData(7, .2)]
    [InlineData(28, .5)]
    [InlineData(56, .05)]
    public void All_OfUniformMap_AreTheChanceLevels_AlsoForSoftMasks(int side, double area)
    {
        var measures = Fields.Measure(Fields.Uniform(side), Fields.Disc(side, area, .4, .6));

        var p = measures.ObjectArea!.Value;
        Assert.Equal(p, measures.RankAccuracy!.Value, 1e-6);
        Assert.Equal(p / (2 - p), measures.AreaMatchedIou!.Value, 1e-6);
        Assert.Equal(.5, measures.PixelAuc!.Value, 1e-6);
        Assert.Equal(p, measures.AveragePrecision!.Value, 1e-6);
        Assert.Equal(0, measures.Gini!.Value, 1e-9);
    }

    [Fact]
    public void All_InRandomOrder_AverageTheirChanceLevels()
    {
        // Every way to lay 3 object cells among 7 ordered ones.
        float[] map = [7, 6, 5, 4, 3, 2, 1];
        var ranks = Enumerable.Range(0, 1 << 7).Where(bits => int.PopCount(bits) == 3)
            .Select(bits => Of(map, [.. Enumerable.Range(0, 7).Select(i => (float)((bits >> i) & 1))])).ToList();

        Assert.Equal(35, ranks.Count);
        Assert.Equal(3 / 7.0, ranks.Average(rank => rank.RankAccuracy), 1e-12);
        Assert.Equal(.5, ranks.Average(rank => rank.PixelAuc), 1e-12);
        var harmonic = Enumerable.Range(1, 7).Sum(i => 1.0 / i);
        Assert.Equal(((2 / 6.0 * (7 - harmonic)) + harmonic) / 7, ranks.Average(rank => rank.AveragePrecision), 1e-12);
    }

    [Fact]
    public void Of_SoftMask_CountsCellsInPart()
    {
        // Object 1 + .5: one and a half highest cells hold 1 + .25. Pairs: object 1 over background .5 and 1, object .5 over 1 and tied with its own .5.
        var ranks = Of([3, 2, 1], [1, .5f, 0]);

        Assert.Equal(1.25 / 1.5, ranks.RankAccuracy, 1e-12);
        Assert.Equal((1.5 + .5 + (.5 * .5 / 2)) / (1.5 * 1.5), ranks.PixelAuc, 1e-12);
        Assert.Equal((1 + (.5 * 1.5 / 2)) / 1.5, ranks.AveragePrecision, 1e-12);
    }

    [Theory]
    [InlineData(new float[] { 0, 0, 0, 7 }, .75)] // 1 − 1/N
    [InlineData(new float[] { 1, 1, 1, 1 }, 0)]
    [InlineData(new float[] { -3, -1, 0, 7 }, .75)] // a⁺ alone
    [InlineData(new float[] { 3, 1, 2, 4 }, .25)] // (−3·1 − 1·2 + 1·3 + 3·4)/(4·10)
    public void Gini_OfSmallMaps_MatchesArithmeticByHand(float[] map, double expected)
    {
        using var cells = RankedCells.Of(map, []);

        Assert.Equal(expected, RankMeasures.Gini(cells), 1e-12);
    }

    private static RankMeasures Of(float[] map, float[] mask)
    {
        using var cells = RankedCells.Of(map, mask);
        return RankMeasures.Of(cells);
    }

    private static IEnumerable<double[]> Permutations(double[] values) => values.Length == 1
        ? [values]
        : values.SelectMany((first, i) => Permutations([.. values.Where((_, j) => j != i)]).Select(rest => (double[])[first, .. rest]));
}

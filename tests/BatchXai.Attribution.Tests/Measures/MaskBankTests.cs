using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class MaskBankTests
{
    [Theory]
    [InlineData(56, 7)]
    [InlineData(56, 9)]
    [InlineData(12, 5)]
    [InlineData(6, 6)]
    public void Average_AnyGrid_KeepsTheMean(int side, int to)
    {
        var field = Fields.CentralGaussian(side, .2);

        Assert.Equal(field.Average(), AreaResampling.Average(field, side, side, to, to).Average(), 1e-5);
    }

    [Fact]
    public void Average_ThreeCellsToTwo_SharesTheMiddleOne()
    {
        var halves = AreaResampling.Average([1, .5f, 0], 1, 3, 1, 2);

        Assert.Equal(((1 * 1) + (.5 * .5)) / 1.5, halves[0], 1e-6);
        Assert.Equal(.5 * .5 / 1.5, halves[1], 1e-6);
    }

    [Fact]
    public void Sum_AnyGrid_KeepsTheTotal()
    {
        var map = Fields.CentralGaussian(224, .2);

        Assert.Equal(map.Sum(value => (double)value), AreaResampling.Sum(map, 224, 224, 56, 56).Sum(value => (double)value), 1e-2);
    }

    [Fact]
    public void Nearest_LeavesOutTheItemItself_AndOrdersByLogArea()
    {
        var bank = Fields.Bank(8, new[] { 1, 2, 4, 8, 20, 40 }.Select((cells, i) => ((long)i, Cells(cells))));

        // In powers of two from 8 cells: 4 is 1 away, 20 is 1.3, 2 is 2, 40 is 2.3 and 1 is 3.
        Assert.Equal([2, 4, 1, 5], bank.Nearest(8 / 64.0, 3, 4, 100));
        Assert.Equal(3, bank.Nearest(8 / 64.0, -1, 1, 100).Single());
        Assert.Equal(6, bank.Nearest(8 / 64.0, -1, 99, 100).Count);
    }

    [Fact]
    public void Nearest_MasksOfQuiteAnotherSize_AreLeftOut()
    {
        var bank = Fields.Bank(8, new[] { 1, 2, 4, 8, 20, 40 }.Select((cells, i) => ((long)i, Cells(cells))));

        Assert.Equal([2], bank.Nearest(8 / 64.0, 3, 99, 2.1));
        Assert.Equal([2, 4], bank.Nearest(8 / 64.0, 3, 99, 3));
    }

    [Fact]
    public void Focus_LargeObjectInABankOfSmallMasks_IsNotBlamedForItsSize()
    {
        // Object: three quarters of the view. Bank: 29 masks of a sixteenth, in the middle of it.
        var large = Fields.Fill(8, 8, (y, x) => x < .75 ? 1 : 0);
        var small = Fields.Fill(8, 8, (y, x) => y is > .25 and < .5 && x is > .25 and < .5 ? 1 : 0);
        var bank = Fields.Bank(8, Enumerable.Range(0, 29).Select(i => ((long)i, small)));

        // A map that keeps to the object, brightest where the small masks are: scaled by area they would expect 5 times all of it.
        var measures = Fields.Measure(Fields.Fill(8, 8, (y, x) => x < .75 ? (y is > .25 and < .5 && x is > .25 and < .5 ? 8 : 1) : 0), large, bank, -1);

        Assert.Equal(1, measures.Focus!.Value, 1e-9);
    }

    [Fact]
    public void Bank_EmptyAndFullMasks_AreNotUsed() =>
        Assert.Equal(1, Fields.Bank(8, [(0, Cells(0)), (1, Cells(64)), (2, Cells(9))]).Count);

    [Fact]
    public void Bank_UnsortedOrMisshapenEntries_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new MaskBank(2, [new(0, .5, new byte[4]), new(1, .25, new byte[4])]));
        Assert.Throws<ArgumentException>(() => new MaskBank(2, [new(0, .5, new byte[5])]));
    }

    [Fact]
    public void Spread_AnyGrid_GivesDistinctNonZeroShifts()
    {
        Assert.Equal(30, ToroidalShifts.Spread(56, 56, 30).Distinct().Count(shift => shift != (0, 0)));
        Assert.Equal(3, ToroidalShifts.Spread(2, 2, 30).Distinct().Count(shift => shift != (0, 0)));
        Assert.Empty(ToroidalShifts.Spread(1, 1, 30));
    }

    [Fact]
    public void Shift_MovesAroundTheEdges()
    {
        var shifted = new float[6];

        ToroidalShifts.Shift([1, 2, 3, 4, 5, 6], 2, 3, 1, 1, shifted);

        Assert.Equal([6, 4, 5, 3, 1, 2], shifted);
    }

    private static float[] Cells(int count) => [.. Enumerable.Range(0, 64).Select(i => i < count ? 1f : 0)];
}

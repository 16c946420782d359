using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class RankedCellsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(2_047)]
    [InlineData(2_048)]
    [InlineData(50_176)]
    public void Of_AnySize_OrdersValuesAndKeepsEachShareBesideItsValue(int count)
    {
        var random = new Random(count);
        float[] edges = [0, -0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1, -1];
        var map = Enumerable.Range(0, count).Select(i => i < edges.Length ? edges[i] : (float)((random.NextDouble() - .5) * Math.Pow(10, random.Next(-30, 30)))).ToArray();
        var mask = Enumerable.Range(0, count).Select(i => i / (float)count).ToArray();

        using var cells = RankedCells.Of(map, mask);

        var (values, shares) = (cells.Ascending.ToArray().Select(RankedCells.Value).ToArray(), cells.Ascending.ToArray().Select(RankedCells.Object));
        var expected = map.Zip(mask).OrderBy(cell => cell.First + 0f).ToList();
        Assert.Equal(expected.Select(cell => cell.First), values);
        // Shares of cells with the same value have no order of their own.
        Assert.Equal(
            expected.OrderBy(cell => cell.First + 0f).ThenBy(cell => cell.Second),
            values.Zip(shares).OrderBy(cell => cell.First).ThenBy(cell => cell.Second));
    }

    [Fact]
    public void Of_ZeroAndMinusZero_AreTied()
    {
        using var cells = RankedCells.Of([0, -0f], [.25f, .75f]);

        Assert.True(RankedCells.AreTied(cells.Ascending[0], cells.Ascending[1]));
    }
}

using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class ZonesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(8, 8)]
    [InlineData(7, 10)]
    [InlineData(224, 224)]
    public void Shares_OfUniformMap_AreTheZoneAreasOnEveryGrid(int height, int width)
    {
        var zones = Zones.Shares(Fields.Fill(height, width, (_, _) => 2), height, width);

        Assert.Equal(.5, zones.Centre, 1e-9);
        Assert.Equal(.36, zones.Border, 1e-9);
        Assert.Equal(.16, zones.Corner, 1e-9);
        Assert.All([zones.TopLeft, zones.TopRight, zones.BottomLeft, zones.BottomRight], corner => Assert.Equal(.04, corner, 1e-9));
    }

    [Fact]
    public void Shares_OfCornerCell_AreItsCoveredParts()
    {
        var map = new float[49];
        map[0] = 1;

        var zones = Zones.Shares(map, 7, 7);

        // A cell is 1/7 ≈ .143 wide: outside the centre box (from .146), wholly in the corner (to .2), and inside the ring up to .1.
        Assert.Equal(0, zones.Centre);
        Assert.Equal(1 - Math.Pow(1 - (.1 * 7), 2), zones.Border, 1e-9);
        Assert.Equal(1, zones.Corner, 1e-9);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 9, 1)]
    [InlineData(6, 0, 2)]
    [InlineData(6, 9, 3)]
    public void Shares_OfOneCornersCell_AreThatCorners(int row, int column, int corner)
    {
        var map = new float[70];
        map[(row * 10) + column] = 1;

        var zones = Zones.Shares(map, 7, 10);

        double[] corners = [zones.TopLeft, zones.TopRight, zones.BottomLeft, zones.BottomRight];
        Assert.Equal(1, corners[corner], 1e-9);
        Assert.Equal(1, corners.Sum(), 1e-9);
    }

    [Fact]
    public void Shares_OfMiddleCell_AreAllCentre()
    {
        var map = new float[49];
        map[24] = 5;

        Assert.Equal(new(1, 0, 0, 0, 0, 0), Zones.Shares(map, 7, 7));
    }
}

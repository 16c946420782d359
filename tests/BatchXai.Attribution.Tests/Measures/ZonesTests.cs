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
        var (centre, border, corner) = Zones.Shares(Fields.Fill(height, width, (_, _) => 2), height, width);

        Assert.Equal(.5, centre, 1e-9);
        Assert.Equal(.36, border, 1e-9);
        Assert.Equal(.16, corner, 1e-9);
    }

    [Fact]
    public void Shares_OfCornerCell_AreItsCoveredParts()
    {
        var map = new float[49];
        map[0] = 1;

        var (centre, border, corner) = Zones.Shares(map, 7, 7);

        // A cell is 1/7 ≈ .143 wide: outside the centre box (from .146), wholly in the corner (to .2), and inside the ring up to .1.
        Assert.Equal(0, centre);
        Assert.Equal(1 - Math.Pow(1 - (.1 * 7), 2), border, 1e-9);
        Assert.Equal(1, corner, 1e-9);
    }

    [Fact]
    public void Shares_OfMiddleCell_AreAllCentre()
    {
        var map = new float[49];
        map[24] = 5;

        Assert.Equal((1, 0, 0), Zones.Shares(map, 7, 7));
    }
}

using BatchXai.Cli.Planted;
using Xunit;

namespace BatchXai.Cli.Tests.Planted;

public sealed class ShapeTests
{
    public static TheoryData<string> Names => [.. Shape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Area_EveryShape_IsWhatCountingPointsGives(string name)
    {
        var shape = Shape.All.Single(shape => shape.Name == name);
        const int side = 600;
        var inside = 0;
        for (var i = 0; i < side * side; i++)
        {
            inside += shape.Contains((((i % side) + .5) / side * 8) - 4, (((i / side) + .5) / side * 8) - 4) ? 1 : 0;
        }

        Assert.Equal(shape.Area, inside * 64.0 / (side * side), .03 * shape.Area);
    }

    [Fact]
    public void Extent_SquareTurnedBy45Degrees_ReachesToItsCorners()
    {
        var extent = Shape.All[1].Extent(Math.PI / 4);
        Assert.Equal(Math.Sqrt(2), extent.Right, 1e-9);
        Assert.Equal(-Math.Sqrt(2), extent.Top, 1e-9);
    }
}

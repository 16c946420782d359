using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class AttentionIouTests
{
    private static readonly float[] Quarter = [1, 0, 0, 0];

    [Fact]
    public void Of_MapLikeTheObject_IsOneWithItAndZeroWithTheBackground()
    {
        var overlap = AttentionIou.Of([8, 0, 0, 0], Quarter, 8);

        Assert.Equal(1, overlap.Object, 1e-12);
        Assert.Equal(0, overlap.Background, 1e-12);
    }

    [Fact]
    public void Of_MapLikeTheBackground_IsZeroWithTheObjectAndOneWithIt()
    {
        var overlap = AttentionIou.Of([0, 2, 2, 2], Quarter, 6);

        Assert.Equal(0, overlap.Object, 1e-12);
        Assert.Equal(1, overlap.Background, 1e-12);
    }

    [Fact]
    public void Of_SmallMap_MatchesArithmeticByHand()
    {
        // A = (.5, .5, 0, 0), M = (1, 0, 0, 0): .5 / (.75² + .25²). M' = (0, ⅓, ⅓, ⅓): (1/6) / (.25² + (5/12)² + 2/36).
        var overlap = AttentionIou.Of([3, 3, -9, 0], Quarter, 6);

        Assert.Equal(.5 / .625, overlap.Object, 1e-12);
        Assert.Equal(1 / 6.0 / ((1 / 16.0) + (25 / 144.0) + (2 / 36.0)), overlap.Background, 1e-12);
    }

    [Theory]
    [InlineData(.05)]
    [InlineData(.3)]
    [InlineData(.75)]
    public void Of_UniformMap_IsAFixedFunctionOfTheArea(double area)
    {
        var mask = Fields.Fill(20, 20, (_, x) => x < area ? 1 : 0);

        var overlap = AttentionIou.Of(Fields.Uniform(20), mask, 400);

        Assert.Equal(4 * area / (1 + (3 * area)), overlap.Object, 1e-9);
        Assert.Equal(4 * (1 - area) / (1 + (3 * (1 - area))), overlap.Background, 1e-9);
    }
}

using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class InstanceCoverageTests
{
    private static readonly float[] Left = [1, 0, 0, 0], Right = [0, 1, 0, 0];

    [Theory]
    [InlineData(new float[] { 5, 5, 1, 1 }, 1)]
    [InlineData(new float[] { 9, 0, 0, 0 }, .5)] // all on one of them: the union alone would score 1
    [InlineData(new float[] { 0, 0, 5, 5 }, 0)]
    [InlineData(new float[] { 1, 1, 1, 1 }, 0)] // no more than by chance
    public void Of_TwoObjects_IsTheShareOfThoseLookedAt(float[] map, double expected) => Assert.Equal(expected, InstanceCoverage.Of(map, [Left, Right]));

    [Fact]
    public void Of_ObjectsOutOfViewOrWithoutBackground_DoNotCount()
    {
        Assert.Null(InstanceCoverage.Of([5, 5, 1, 1], [Left, new float[4]]));
        Assert.Null(InstanceCoverage.Of([5, 5, 1, 1], [Left, [1, 1, 1, 1]]));
        Assert.Null(InstanceCoverage.Of([5, 5, 1, 1], []));
        Assert.Equal(1, InstanceCoverage.Of([5, 5, 1, 1], [Left, Right, new float[4]]));
    }
}

using BatchXai.Attribution.Measures;
using Xunit;

namespace BatchXai.Attribution.Tests.Measures;

public class PointingGameTests
{
    [Fact]
    public void Dilate_At224Pixels_IsTheOpenDiscOfFifteenPixels()
    {
        var mask = new float[224 * 224];
        mask[(100 * 224) + 100] = 1;

        var dilated = PointingGame.Dilate(mask, 224, 224);

        for (var y = 80; y <= 120; y++)
        {
            for (var x = 80; x <= 120; x++)
            {
                Assert.Equal(((y - 100) * (y - 100)) + ((x - 100) * (x - 100)) < 225, dilated[(y * 224) + x]);
            }
        }

        Assert.Equal(697 / (224.0 * 224), PointingGame.Area(dilated), 1e-12);
    }

    [Fact]
    public void Dilate_CoarseGrid_IsTheMaskItself()
    {
        float[] mask = [0, .5f, 0, 0, 1, .4f, 0, 0, 0];

        Assert.Equal([false, true, false, false, true, false, false, false, false], PointingGame.Dilate(mask, 3, 3));
    }

    [Fact]
    public void Dilate_NoCellReachesHalf_AcceptsAnyObjectCell() =>
        Assert.Equal([false, true, true, false], PointingGame.Dilate([0, .1f, .4f, 0], 2, 2));

    [Fact]
    public void Hit_TiedMaxima_GetFractionalCredit()
    {
        var dilated = new[] { true, false, true, false };

        Assert.Equal(2 / 3.0, PointingGame.Hit([5, 5, 5, 1], dilated, 5), 1e-12);
        Assert.Equal(0, PointingGame.Hit([1, 5, 1, 1], dilated, 5));
    }

    [Fact]
    public void PointingGame_OfUniformMap_EqualsItsChanceLevel()
    {
        var measures = Fields.Measure(Fields.Uniform(28), Fields.Disc(28, .2, .5, .5));

        Assert.Equal(measures.PointingGameByChance!.Value, measures.PointingGame!.Value, 1e-12);
        Assert.True(measures.PointingGameByChance > measures.ObjectArea);
    }
}

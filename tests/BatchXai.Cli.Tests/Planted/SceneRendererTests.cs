using BatchXai.Cli.Planted;
using Xunit;

namespace BatchXai.Cli.Tests.Planted;

public sealed class SceneRendererTests
{
    [Fact]
    public void Draw_Disc_MaskIsTheExactAreaAndZeroOutside()
    {
        var scene = Disc() with { Object = new(.2, 0, 32, 32) };
        var image = SceneRenderer.Draw(scene, 64);
        var radius = Math.Sqrt(.2 / Math.PI) * 64;
        Assert.Equal(.2, image.Mask.Average(), 1e-3);
        for (var i = 0; i < image.Mask.Length; i++)
        {
            var distance = Math.Sqrt(Math.Pow((i % 64) + .5 - 32, 2) + Math.Pow((i / 64) + .5 - 32, 2));
            Assert.True(distance < radius + .71 || image.Mask[i] == 0);
            Assert.True(distance > radius - .71 || image.Mask[i] == 1);
        }
    }

    [Fact]
    public void Draw_ObjectAndBackground_HaveTheColoursOfTheScene()
    {
        var scene = Disc() with { Contrast = 0, ObjectColour = new(1, .5, 0), BackgroundColour = new(.2, .4, .6) };
        var image = SceneRenderer.Draw(scene, 64);
        double Mean(int channel, float mask) => Enumerable.Range(0, 64 * 64).Where(i => image.Mask[i] == mask).Average(i => image.Pixels[(3 * i) + channel] / 255.0);
        Assert.Equal(.5, Mean(1, 1), .01); // green is the part that clipping leaves alone
        Assert.Equal(.2, Mean(0, 0), .01);
        Assert.Equal(.6, Mean(2, 0), .01);
    }

    [Fact]
    public void HardMask_HalfOrMore_IsObject()
    {
        var image = new PlantedImage(Disc(), 2, new byte[12], [0, .4375f, .5f, 1]);
        Assert.Equal<byte>([0, 0, 255, 255], image.HardMask());
    }

    [Fact]
    public void Draw_WithoutObject_IsTheBackgroundAloneAndTheMaskIsEmpty()
    {
        var image = SceneRenderer.Draw(Disc() with { ObjectColour = new(1, 0, 0), BackgroundColour = new(.2, .4, .6) }, 64);
        var bare = SceneRenderer.Draw(image.Scene.WithoutObject(), 64);
        Assert.All(bare.Mask, m => Assert.Equal(0, m));
        Assert.All(Enumerable.Range(0, 64 * 64), i => Assert.True(image.Mask[i] == 0 == Pixel(image, i).SequenceEqual(Pixel(bare, i)), "only where the object was, something else is seen"));
    }

    [Fact]
    public void Draw_SecondObjectApart_TheMaskHoldsBoth()
    {
        var one = Disc() with { Object = new(.1, 0, 16, 16) };
        var two = one with { SecondObject = new(.05, 0, 48, 48) };
        Assert.Equal(.1, SceneRenderer.Draw(one, 64).Mask.Average(), 2e-3);
        Assert.Equal(.15, SceneRenderer.Draw(two, 64).Mask.Average(), 2e-3);
        Assert.Equal(SceneRenderer.Draw(one, 64).Mask, SceneRenderer.Draw(two with { SecondObject = one.Object }, 64).Mask);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 63, 0)]
    [InlineData(2, 0, 63)]
    [InlineData(3, 63, 63)]
    [InlineData(4, 0, 0)]
    public void Draw_Tag_ChangesSixteenPixelsInItsCorner(int tag, int x, int y)
    {
        var scene = Disc() with { Contrast = 0, BackgroundColour = new(.2, .2, .2) };
        var changed = Changed(scene, scene with { Tag = tag });
        Assert.Equal(16, changed.Count);
        Assert.All(changed, i => Assert.True(Math.Abs((i % 64) - x) < 4 && Math.Abs((i / 64) - y) < 4));
    }

    [Fact]
    public void Draw_Frame_ChangesTheOuterTwoPixels()
    {
        var scene = Disc() with { Contrast = 0, BackgroundColour = new(.2, .2, .2) };
        var changed = Changed(scene, scene with { Frame = 3 });
        Assert.Equal((64 * 64) - (60 * 60), changed.Count);
        Assert.All(changed, i => Assert.True(i % 64 is < 2 or >= 62 || i / 64 is < 2 or >= 62));
    }

    [Fact]
    public void Draw_MoreBlur_LeavesLessOfGratingAndGrainAndTheSameMean()
    {
        var levels = Enumerable.Range(0, 6).Select(level => Pixels(SceneRenderer.Draw(Disc() with { Blur = level, Family = 4 }, 64))).ToList();
        var deviations = levels.Select(Deviation).ToList();
        Assert.Equal(deviations.OrderDescending(), deviations);
        Assert.True(deviations[0] > 3 * deviations[5], $"{deviations[0]} and {deviations[5]}");
        Assert.All(levels, pixels => Assert.Equal(levels[0].Average(), pixels.Average(), 2.0));

        static List<double> Pixels(PlantedImage image) => [.. Enumerable.Range(0, 64 * 64).Where(i => image.Mask[i] == 0).Select(i => (double)image.Pixels[3 * i])];
        static double Deviation(List<double> values) => Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2)));
    }

    private static byte[] Pixel(PlantedImage image, int i) => image.Pixels[(3 * i)..((3 * i) + 3)];

    private static List<int> Changed(PlantedScene before, PlantedScene after)
    {
        var (first, second) = (SceneRenderer.Draw(before, 64), SceneRenderer.Draw(after, 64));
        return [.. Enumerable.Range(0, 64 * 64).Where(i => !Pixel(first, i).SequenceEqual(Pixel(second, i)))];
    }

    private static PlantedScene Disc() => new()
    {
        Label = 0,
        Family = 0,
        Object = new(.15, 0, 32, 32),
        ObjectColour = new(1, 1, 1),
        BackgroundColour = new(.5, .5, .5),
        Contrast = .2,
        Phase = 0,
        NoiseSeed = 1,
    };
}

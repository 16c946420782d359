using BatchXai.Cli.Demo;
using Xunit;

namespace BatchXai.Cli.Tests.Demo;

public sealed class PlantedShortcutGeneratorTests
{
    private const int Size = 24;

    [Fact]
    public void Generate_SameSeed_SameImage()
    {
        var first = new PlantedShortcutGenerator(Size, .8, 5).Generate(17);
        var second = new PlantedShortcutGenerator(Size, .8, 5).Generate(17);
        Assert.Equal(first.Pixels, second.Pixels);
        Assert.Equal(first.Mask, second.Mask);
    }

    [Fact]
    public void Generate_AnotherSeedOrIndex_AnotherImage()
    {
        var image = new PlantedShortcutGenerator(Size, .8, 5).Generate(17);
        Assert.NotEqual(image.Pixels, new PlantedShortcutGenerator(Size, .8, 6).Generate(17).Pixels);
        Assert.NotEqual(image.Pixels, new PlantedShortcutGenerator(Size, .8, 5).Generate(23).Pixels);
    }

    [Fact]
    public void Sample_AnotherCorrelation_ChangesNothingButTheBackgroundFamily()
    {
        var biased = new PlantedShortcutGenerator(Size, 1, 5);
        var balanced = new PlantedShortcutGenerator(Size, .5, 5);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(biased.Sample(i), balanced.Sample(i) with { Family = biased.Sample(i).Family }));
    }

    [Theory]
    [InlineData(.5, 1.0 / 6)]
    [InlineData(.8, (1.0 / 6) + (5.0 / 6 * .6))]
    [InlineData(.95, .9166667)]
    [InlineData(1, 1)]
    public void Sample_Correlation_BackgroundBelongsToTheClassAsOftenAsTheFormulaSays(double correlation, double expected)
    {
        const int count = 6_000;
        var generator = new PlantedShortcutGenerator(Size, correlation, 11);
        var scenes = Enumerable.Range(0, count).Select(i => generator.Sample(i)).ToList();
        var measured = scenes.Count(scene => scene.Family == scene.Label) / (double)count;
        Assert.Equal(expected, generator.SameFamilyProbability, 1e-6);
        Assert.InRange(measured, expected - .02, expected + .02); // four standard deviations
    }

    [Fact]
    public void Sample_NoCorrelation_OtherFamiliesAreEquallyLikelyForEveryClass()
    {
        var generator = new PlantedShortcutGenerator(Size, .5, 11);
        var scenes = Enumerable.Range(0, 36_000).Select(i => generator.Sample(i));
        Assert.All(scenes.CountBy(scene => (scene.Label, scene.Family)), cell => Assert.InRange(cell.Value, 870, 1_130)); // 1,000 ± 4.5 sd
    }

    [Fact]
    public void Generate_AnyImage_ObjectIsFullyVisibleAndAsLargeAsTheSceneSays()
    {
        var generator = new PlantedShortcutGenerator(Size, .5, 3);
        Assert.All(Enumerable.Range(0, 300), i =>
        {
            var image = generator.Generate(i);
            Assert.InRange(image.Scene.Area, .08, .25);
            // An object cut off by the edge would miss far more than supersampling can: 4×4 samples a pixel.
            Assert.InRange(image.Mask.Average(), image.Scene.Area - .012, image.Scene.Area + .012);
        });
    }

    [Fact]
    public void Generate_ManyImages_ObjectCentresAreNotDrawnToTheMiddle()
    {
        var generator = new PlantedShortcutGenerator(Size, .5, 3);
        var discs = Enumerable.Range(0, 3_000).Select(i => generator.Sample(6 * i)).Where(scene => scene.Area < .1).ToList();
        // The centre is uniform over what keeps the object inside: within half of that span, half of the time.
        var inner = discs.Count(scene => Math.Abs(scene.CentreX - (Size / 2.0)) < (Size / 4.0) - (SceneRenderer.Scale(scene.Shape, scene.Area, Size) / 2));
        Assert.InRange(inner / (double)discs.Count, .4, .6);
    }

    [Fact]
    public void Draw_Disc_MaskIsTheExactAreaAndZeroOutside()
    {
        var scene = Disc() with { Area = .2 };
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

    private static PlantedScene Disc() => new()
    {
        Label = 0,
        Family = 0,
        Area = .15,
        Angle = 0,
        CentreX = 32,
        CentreY = 32,
        ObjectColour = new(1, 1, 1),
        BackgroundColour = new(.5, .5, .5),
        Contrast = .2,
        Phase = 0,
        NoiseSeed = 1,
    };
}

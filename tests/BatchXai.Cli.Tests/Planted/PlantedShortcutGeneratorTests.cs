using BatchXai.Cli.Planted;
using Xunit;

namespace BatchXai.Cli.Tests.Planted;

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
        Assert.Equal(expected, generator.OwnCueProbability, 1e-6);
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
            var area = image.Scene.Object!.Value.Area;
            Assert.InRange(area, .08, .25);
            // An object cut off by the edge would miss far more than supersampling can: 4×4 samples a pixel.
            Assert.InRange(image.Mask.Average(), area - .012, area + .012);
        });
    }

    [Fact]
    public void Generate_ManyImages_ObjectCentresAreNotDrawnToTheMiddle()
    {
        var generator = new PlantedShortcutGenerator(Size, .5, 3);
        var discs = Enumerable.Range(0, 3_000).Select(i => generator.Sample(6 * i).Object!.Value).Where(disc => disc.Area < .1).ToList();
        // The centre is uniform over what keeps the object inside: within half of that span, half of the time.
        var inner = discs.Count(disc => Math.Abs(disc.CentreX - (Size / 2.0)) < (Size / 4.0) - (SceneRenderer.Scale(Shape.All[0], disc.Area, Size) / 2));
        Assert.InRange(inner / (double)discs.Count, .4, .6);
    }
}

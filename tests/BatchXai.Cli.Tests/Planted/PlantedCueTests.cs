using BatchXai.Cli.Planted;
using Xunit;

namespace BatchXai.Cli.Tests.Planted;

public sealed class PlantedCueTests
{
    private const int Size = 24;

    public static TheoryData<string> Cues => [.. Enum.GetNames<PlantedCue>()];

    [Theory]
    [MemberData(nameof(Cues))]
    public void Generate_FullCorrelation_EveryImageOfAClassHasItsCueAndOtherClassesDoNot(string name)
    {
        var cue = Enum.Parse<PlantedCue>(name);
        var generator = Planted(cue, 1);
        Assert.All(Enumerable.Range(0, 300).Select(i => generator.Sample(i)), scene => Assert.Equal(scene.Label, CueOf(scene, cue)));
    }

    [Theory]
    [MemberData(nameof(Cues))]
    public void Generate_NoCorrelation_EveryCueIsEquallyLikelyForEveryClass(string name)
    {
        var cue = Enum.Parse<PlantedCue>(name);
        var scenes = Enumerable.Range(0, 36_000).Select(i => Planted(cue, .5).Sample(i));
        Assert.All(scenes.CountBy(scene => (scene.Label, CueOf(scene, cue))), cell => Assert.InRange(cell.Value, 870, 1_130)); // 1,000 ± 4.5 sd
    }

    [Theory]
    [MemberData(nameof(Cues))]
    public void Sample_FullCorrelation_NothingElseTellsTheClass(string name)
    {
        var cue = Enum.Parse<PlantedCue>(name);
        // The other cues are as likely in every class as by chance: 6,000 images, 36 cells of 167 ± 4.5 sd each.
        var scenes = Enumerable.Range(0, 6_000).Select(i => Planted(cue, 1).Sample(i)).ToList();
        Assert.All(new[] { PlantedCue.Texture, PlantedCue.Hue, PlantedCue.ObjectColour }.Where(other => other != cue), other =>
            Assert.All(scenes.CountBy(scene => (scene.Label, CueOf(scene, other))), cell => Assert.InRange(cell.Value, 109, 225)));
    }

    [Fact]
    public void Sample_SomeClassesOnly_OthersAreByChance()
    {
        var planting = new Planting { Correlation = 1, Classes = [1, 4] };
        Assert.Equal(1, planting.OwnCueProbability(4), 1e-9);
        Assert.Equal(1.0 / 6, planting.OwnCueProbability(0), 1e-9);
        var scenes = Enumerable.Range(0, 6_000).Select(i => new PlantedShortcutGenerator(Size, planting, 3).Sample(i)).ToLookup(scene => scene.Label);
        Assert.All(scenes[4], scene => Assert.Equal(4, scene.Family));
        Assert.InRange(scenes[0].Count(scene => scene.Family == 0), 109, 225); // 1,000/6 ± 4.5 sd
    }

    [Fact]
    public void Sample_HalfTheArea_IsTheSameSceneWithSmallerObjects()
    {
        var (whole, half) = (Planted(PlantedCue.Texture, .5), new PlantedShortcutGenerator(Size, new Planting { AreaFactor = .5 }, 3));
        Assert.All(Enumerable.Range(0, 50), i =>
        {
            Assert.Equal(whole.Sample(i).Object!.Value.Area / 2, half.Sample(i).Object!.Value.Area, 1e-12);
            Assert.Equal(whole.Sample(i) with { Object = null }, half.Sample(i) with { Object = null });
        });
    }

    [Fact]
    public void Sample_SecondObjects_AreInTheShareOfImagesThatIsAskedForAndInsideTheImage()
    {
        var generator = new PlantedShortcutGenerator(Size, new Planting { SecondObjects = .2 }, 3);
        var images = Enumerable.Range(0, 2_000).Select(i => generator.Sample(i)).ToList();
        Assert.InRange(images.Count(scene => scene.SecondObject is not null), 320, 480); // 400 ± 4.5 sd
        Assert.Equal(generator.Sample(7) with { SecondObject = null }, Planted(PlantedCue.Texture, .5).Sample(7));
        Assert.All(images.Where(scene => scene.SecondObject is not null).Take(200), scene =>
            Assert.Equal(scene.SecondObject!.Value.Area, SceneRenderer.Draw(scene with { Object = null }, Size).Mask.Average(), .012));
    }

    [Theory]
    [MemberData(nameof(Cues))]
    public void WithCueOf_AnotherScene_TakesItsCueAndKeepsTheObjectWhereItIs(string name)
    {
        var cue = Enum.Parse<PlantedCue>(name);
        var (scene, donor) = (Planted(cue, 1).Sample(6), Planted(cue, 1).Sample(9));
        var swapped = scene.WithCueOf(donor, cue);
        Assert.Equal(CueOf(donor, cue), CueOf(swapped, cue));
        Assert.Equal((scene.Label, scene.Object), (swapped.Label, swapped.Object));
        Assert.Equal(cue == PlantedCue.ObjectColour, scene.ObjectColour != swapped.ObjectColour);
        Assert.Equal(scene, swapped.WithCueOf(scene, cue));
    }

    private static PlantedShortcutGenerator Planted(PlantedCue cue, double correlation) =>
        new(Size, new Planting { Cue = cue, Correlation = correlation }, 3);

    private static int? CueOf(PlantedScene scene, PlantedCue cue) => cue switch
    {
        PlantedCue.Texture => scene.Family,
        PlantedCue.Tag => scene.Tag,
        PlantedCue.Frame => scene.Frame,
        PlantedCue.Blur => scene.Blur,
        PlantedCue.Hue => SixthOfTheCircle(scene.BackgroundColour),
        _ => SixthOfTheCircle(scene.ObjectColour),
    };

    private static int SixthOfTheCircle(Colour colour)
    {
        var (max, min) = (Math.Max(colour.Red, Math.Max(colour.Green, colour.Blue)), Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue)));
        var turned = max == colour.Red ? (colour.Green - colour.Blue) / (max - min) : max == colour.Green ? 2 + ((colour.Blue - colour.Red) / (max - min)) : 4 + ((colour.Red - colour.Green) / (max - min));
        return (int)Math.Floor((turned + 6) % 6);
    }
}

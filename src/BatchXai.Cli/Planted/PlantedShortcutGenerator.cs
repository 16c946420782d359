namespace BatchXai.Cli.Planted;

/// <summary>
/// Images of six shapes before six kinds of background. The class decides the shape; as strongly as <paramref name="planting"/> says it also
/// decides the cue, which is the planted shortcut. Everything else (place, size, rotation, colours) is independent of the class.
/// </summary>
/// <param name="size">Side of the images in pixels.</param>
/// <param name="planting">What tells the class, and how often.</param>
/// <param name="seed">Same seed, same images.</param>
internal sealed class PlantedShortcutGenerator(int size, Planting planting, int seed)
{
    /// <summary>Images whose background texture tells the class, with strength ρ = <paramref name="correlation"/>.</summary>
    public PlantedShortcutGenerator(int size, double correlation, int seed)
        : this(size, new Planting { Correlation = correlation }, seed)
    {
    }

    /// <summary>K: number of shapes, and of different cues.</summary>
    public static int Classes => Shape.All.Count;

    /// <summary>What is planted.</summary>
    public Planting Planting => planting;

    /// <summary>Share of images whose cue belongs to the class, where it is planted in all classes.</summary>
    public double OwnCueProbability { get; } = planting.OwnCueProbability(0);

    /// <summary>Image <paramref name="index"/> of the set; classes take turns, so that every class has as many images.</summary>
    public PlantedImage Generate(long index) => SceneRenderer.Draw(Sample(index), size);

    /// <summary>What image <paramref name="index"/> shows. Sets that differ only in what is planted differ only in that.</summary>
    public PlantedScene Sample(long index)
    {
        var random = SeededRandom.For(seed, index);
        var label = (int)(index % Classes);
        var (area, angle) = (random.Uniform(.08, .25) * planting.AreaFactor, random.Uniform(0, 2 * Math.PI));
        var cue = SampleCue(label, random);
        var scene = new PlantedScene
        {
            Label = label,
            Family = cue,
            Object = Place(label, area, angle, random),
            ObjectColour = Colour.FromHsv(Hue(PlantedCue.ObjectColour, cue, random), random.Uniform(.5, 1), random.Uniform(.75, 1)),
            BackgroundColour = Colour.FromHsv(Hue(PlantedCue.Hue, cue, random), random.Uniform(.1, .4), random.Uniform(.35, .5)),
            Contrast = random.Uniform(.15, .35),
            Phase = random.Uniform(0, 2 * Math.PI),
            NoiseSeed = (ulong)random.Uniform(0, 1L << 52),
            Tag = Where(PlantedCue.Tag, cue),
            Frame = Where(PlantedCue.Frame, cue),
            Blur = Where(PlantedCue.Blur, cue),
        };
        var family = random.Below(Classes);
        var hasSecond = random.Uniform(0, 1) < planting.SecondObjects;
        return scene with
        {
            Family = planting.Cue == PlantedCue.Texture ? cue : family,
            SecondObject = hasSecond ? Place(label, random.Uniform(.08, .25) * planting.AreaFactor, random.Uniform(0, 2 * Math.PI), random) : null,
        };
    }

    private ObjectPlacement Place(int label, double area, double angle, SeededRandom random)
    {
        var shape = Shape.All[label];
        var extent = shape.Extent(angle);
        var scale = SceneRenderer.Scale(shape, area, size);
        return new(
            area, angle,
            random.Uniform(-extent.Left * scale, size - (extent.Right * scale)),
            random.Uniform(-extent.Top * scale, size - (extent.Bottom * scale)));
    }

    private int SampleCue(int label, SeededRandom random)
    {
        var own = random.Uniform(0, 1) < planting.OwnCueProbability(label);
        var other = (label + 1 + random.Below(Classes - 1)) % Classes;
        return own ? label : other;
    }

    /// <summary>Any hue, or one of the sixth of the circle about the cue's when the cue is this hue.</summary>
    private double Hue(PlantedCue hue, int cue, SeededRandom random)
    {
        var any = random.Uniform(0, 1);
        return planting.Cue == hue ? (cue + any) / Classes : any;
    }

    private int? Where(PlantedCue kind, int cue) => planting.Cue == kind ? cue : null;
}

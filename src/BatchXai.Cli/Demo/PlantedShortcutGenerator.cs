namespace BatchXai.Cli.Demo;

/// <summary>
/// Images of six shapes on six background textures. The class decides the shape; with strength <paramref name="correlation"/> it also
/// decides the background, which is the planted shortcut. Everything else (place, size, rotation, colours) is independent of the class.
/// </summary>
/// <param name="size">Side of the images in pixels.</param>
/// <param name="correlation">ρ, .5 … 1: .5 plants nothing, at 1 the background alone tells the class.</param>
/// <param name="seed">Same seed, same images.</param>
internal sealed class PlantedShortcutGenerator(int size, double correlation, int seed)
{
    /// <summary>K: number of shapes, and of background families.</summary>
    public static int Classes => Shape.All.Count;

    /// <summary>P(background = the one of the class) = 1/K + (1 − 1/K)(2ρ − 1); the other families share the rest evenly.</summary>
    public double SameFamilyProbability { get; } = (1.0 / Classes) + ((1 - (1.0 / Classes)) * ((2 * correlation) - 1));

    /// <summary>Image <paramref name="index"/> of the set; classes take turns, so that every class has as many images.</summary>
    public PlantedImage Generate(long index) => SceneRenderer.Draw(Sample(index), size);

    /// <summary>What image <paramref name="index"/> shows.</summary>
    public PlantedScene Sample(long index)
    {
        var random = SeededRandom.For(seed, index);
        var label = (int)(index % Classes);
        var shape = Shape.All[label];
        var area = random.Uniform(.08, .25);
        var angle = random.Uniform(0, 2 * Math.PI);
        var extent = shape.Extent(angle);
        var scale = SceneRenderer.Scale(shape, area, size);
        return new PlantedScene
        {
            Label = label,
            Family = SampleFamily(label, random),
            Area = area,
            Angle = angle,
            CentreX = random.Uniform(-extent.Left * scale, size - (extent.Right * scale)),
            CentreY = random.Uniform(-extent.Top * scale, size - (extent.Bottom * scale)),
            ObjectColour = Colour.FromHsv(random.Uniform(0, 1), random.Uniform(.5, 1), random.Uniform(.75, 1)),
            BackgroundColour = Colour.FromHsv(random.Uniform(0, 1), random.Uniform(.1, .4), random.Uniform(.35, .5)),
            Contrast = random.Uniform(.15, .35),
            Phase = random.Uniform(0, 2 * Math.PI),
            NoiseSeed = (ulong)random.Uniform(0, 1L << 52),
        };
    }

    private int SampleFamily(int label, SeededRandom random)
    {
        var same = random.Uniform(0, 1) < SameFamilyProbability;
        var other = (label + 1 + random.Below(Classes - 1)) % Classes;
        return same ? label : other;
    }
}

namespace BatchXai.Cli.Planted;

/// <summary>
/// All that an image shows, before it is drawn: change one part and draw again for an exact counterfactual. Every way to plant a shortcut is a
/// part here and a step in <see cref="SceneRenderer"/> or <see cref="Backdrop"/>.
/// </summary>
internal sealed record PlantedScene
{
    /// <summary>Class: place in <see cref="Planted.Shape.All"/>.</summary>
    public required int Label { get; init; }

    /// <summary>Where the object lies; null: it is not there.</summary>
    public required ObjectPlacement? Object { get; init; }

    /// <summary>Where a second object of the same class and colour lies; null: there is none.</summary>
    public ObjectPlacement? SecondObject { get; init; }

    /// <summary>Colour of the objects.</summary>
    public required Colour ObjectColour { get; init; }

    /// <summary>Texture family of the background, 0 … 5.</summary>
    public required int Family { get; init; }

    /// <summary>Mean colour of the background.</summary>
    public required Colour BackgroundColour { get; init; }

    /// <summary>Relative amplitude of the grating.</summary>
    public required double Contrast { get; init; }

    /// <summary>Phase of the grating in radians.</summary>
    public required double Phase { get; init; }

    /// <summary>Which of six tags, 0 … 5; null: none.</summary>
    public int? Tag { get; init; }

    /// <summary>Which of six frames, 0 … 5; null: none.</summary>
    public int? Frame { get; init; }

    /// <summary>Which of six levels of blur a grained background has, 0 … 5; null: it has no grain and is not blurred.</summary>
    public int? Blur { get; init; }

    /// <summary>Seed of the pixel noise, and of the grain.</summary>
    public required ulong NoiseSeed { get; init; }

    /// <summary>The object's form.</summary>
    public Shape Shape => Shape.All[Label];

    /// <summary>The same object before the background of <paramref name="donor"/>.</summary>
    public PlantedScene OnBackgroundOf(PlantedScene donor) => this with
    {
        Family = donor.Family,
        BackgroundColour = donor.BackgroundColour,
        Contrast = donor.Contrast,
        Phase = donor.Phase,
        Tag = donor.Tag,
        Frame = donor.Frame,
        Blur = donor.Blur,
    };

    /// <summary>The same scene with that part of <paramref name="donor"/> in which <paramref name="cue"/> lies: the background, or the colour of the object.</summary>
    public PlantedScene WithCueOf(PlantedScene donor, PlantedCue cue) =>
        cue == PlantedCue.ObjectColour ? this with { ObjectColour = donor.ObjectColour } : OnBackgroundOf(donor);

    /// <summary>The background alone.</summary>
    public PlantedScene WithoutObject() => this with { Object = null, SecondObject = null };
}

/// <summary>A drawn scene.</summary>
/// <param name="Scene">What it shows.</param>
/// <param name="Size">Side in pixels.</param>
/// <param name="Pixels">RGB, side × side × 3.</param>
/// <param name="Mask">Share of each pixel that is object, 0 … 1, side × side; exact to 1/16.</param>
internal sealed record PlantedImage(PlantedScene Scene, int Size, byte[] Pixels, float[] Mask)
{
    /// <summary>255 where at least half of the pixel is object, else 0.</summary>
    public byte[] HardMask() => [.. Mask.Select(m => m >= .5f ? (byte)255 : (byte)0)];
}

namespace BatchXai.Cli.Demo;

/// <summary>
/// All that an image shows, before it is drawn: change one part and draw again for an exact counterfactual. A further way to plant
/// a shortcut (hue, tag, frame, blur, object colour) is a further part here and a step in <see cref="SceneRenderer"/>.
/// </summary>
internal sealed record PlantedScene
{
    /// <summary>Class: place in <see cref="Demo.Shape.All"/>.</summary>
    public required int Label { get; init; }

    /// <summary>Texture family of the background, 0 … 5.</summary>
    public required int Family { get; init; }

    /// <summary>Object area as a share of the image.</summary>
    public required double Area { get; init; }

    /// <summary>Rotation of the object in radians.</summary>
    public required double Angle { get; init; }

    /// <summary>Centre of the object in pixels, from the left.</summary>
    public required double CentreX { get; init; }

    /// <summary>Centre of the object in pixels, from the top.</summary>
    public required double CentreY { get; init; }

    /// <summary>Colour of the object.</summary>
    public required Colour ObjectColour { get; init; }

    /// <summary>Mean colour of the background.</summary>
    public required Colour BackgroundColour { get; init; }

    /// <summary>Relative amplitude of the grating.</summary>
    public required double Contrast { get; init; }

    /// <summary>Phase of the grating in radians.</summary>
    public required double Phase { get; init; }

    /// <summary>Seed of the pixel noise.</summary>
    public required ulong NoiseSeed { get; init; }

    /// <summary>The object.</summary>
    public Shape Shape => Shape.All[Label];
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

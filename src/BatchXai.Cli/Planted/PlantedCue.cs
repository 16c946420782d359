namespace BatchXai.Cli.Planted;

/// <summary>What in the images is made to tell the class. All but <see cref="ObjectColour"/> lie in the background.</summary>
internal enum PlantedCue
{
    /// <summary>Texture of the whole background.</summary>
    Texture,

    /// <summary>Hue of the whole background.</summary>
    Hue,

    /// <summary>A patch of 4×4 pixels; its corner and its colour tell the class.</summary>
    Tag,

    /// <summary>A border of 2 pixels; its colour tells the class.</summary>
    Frame,

    /// <summary>How blurred the background is: everywhere at once, so that no map can point at it.</summary>
    Blur,

    /// <summary>Hue of the object. Spurious, but where a good model looks: no measure of place can tell.</summary>
    ObjectColour,
}

namespace BatchXai.Cli.Planted;

/// <summary>A colour, each part in 0 … 1.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>From hue (in turns), saturation and value, each in 0 … 1.</summary>
    public static Colour FromHsv(double hue, double saturation, double value) =>
        new(Part(hue, saturation, value, 5), Part(hue, saturation, value, 3), Part(hue, saturation, value, 1));

    /// <summary>Every part times <paramref name="factor"/>.</summary>
    public Colour Times(double factor) => new(Red * factor, Green * factor, Blue * factor);

    /// <summary>This colour where <paramref name="share"/> is 0, <paramref name="other"/> where it is 1.</summary>
    public Colour Blend(Colour other, double share) => new(
        Red + (share * (other.Red - Red)),
        Green + (share * (other.Green - Green)),
        Blue + (share * (other.Blue - Blue)));

    private static double Part(double hue, double saturation, double value, int n)
    {
        var k = (n + (hue * 6)) % 6;
        return value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1));
    }
}

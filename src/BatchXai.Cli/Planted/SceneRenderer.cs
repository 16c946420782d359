namespace BatchXai.Cli.Planted;

/// <summary>Draws a scene: background, objects by their exact soft mask, noise, then 8 bits.</summary>
internal static class SceneRenderer
{
    private const int Supersampling = 4;
    private const double NoiseDeviation = .03;

    /// <summary>Pixels per unit of the shape's own scale, so that it covers <paramref name="area"/> of the image.</summary>
    public static double Scale(Shape shape, double area, int size) => Math.Sqrt(area * size * size / shape.Area);

    /// <summary>Draws a scene at a side of <paramref name="size"/> pixels.</summary>
    public static PlantedImage Draw(PlantedScene scene, int size)
    {
        var noise = new SeededRandom(scene.NoiseSeed);
        var backdrop = new Backdrop(scene, size);
        var mask = new float[size * size];
        Cover(mask, scene.Shape, scene.Object, size);
        Cover(mask, scene.Shape, scene.SecondObject, size);
        var pixels = new byte[size * size * 3];
        for (var i = 0; i < mask.Length; i++)
        {
            var colour = backdrop.At(i % size, i / size).Blend(scene.ObjectColour, mask[i]);
            pixels[3 * i] = Quantise(colour.Red, noise);
            pixels[(3 * i) + 1] = Quantise(colour.Green, noise);
            pixels[(3 * i) + 2] = Quantise(colour.Blue, noise);
        }

        return new PlantedImage(scene, size, pixels, mask);
    }

    /// <summary>Adds an object to the mask; where two meet, the one that covers more of the pixel counts.</summary>
    private static void Cover(float[] mask, Shape shape, ObjectPlacement? placement, int size)
    {
        if (placement is not { } place)
        {
            return;
        }

        var (sin, cos) = Math.SinCos(-place.Angle);
        var scale = Scale(shape, place.Area, size);
        var reach = (shape.Radius * scale) + 1;
        for (var i = 0; i < mask.Length; i++)
        {
            var (fromX, fromY) = ((i % size) + .5 - place.CentreX, (i / size) + .5 - place.CentreY);
            if ((fromX * fromX) + (fromY * fromY) > reach * reach)
            {
                continue;
            }

            var inside = 0;
            for (var s = 0; s < Supersampling * Supersampling; s++)
            {
                var x = ((i % size) + (((s % Supersampling) + .5) / Supersampling) - place.CentreX) / scale;
                var y = ((i / size) + (((s / Supersampling) + .5) / Supersampling) - place.CentreY) / scale;
                inside += shape.Contains((x * cos) - (y * sin), (x * sin) + (y * cos)) ? 1 : 0;
            }

            mask[i] = Math.Max(mask[i], inside / (float)(Supersampling * Supersampling));
        }
    }

    private static byte Quantise(double value, SeededRandom noise) =>
        (byte)Math.Clamp(Math.Round(255 * (value + (NoiseDeviation * noise.Normal()))), 0, 255);
}

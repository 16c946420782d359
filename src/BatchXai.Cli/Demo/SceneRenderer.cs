namespace BatchXai.Cli.Demo;

/// <summary>Draws a scene: background, object by its exact soft mask, noise, then 8 bits.</summary>
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
        var mask = DrawMask(scene, size);
        var pixels = new byte[size * size * 3];
        for (var i = 0; i < mask.Length; i++)
        {
            var colour = Background(scene, i % size, i / size, size).Blend(scene.ObjectColour, mask[i]);
            pixels[3 * i] = Quantise(colour.Red, noise);
            pixels[(3 * i) + 1] = Quantise(colour.Green, noise);
            pixels[(3 * i) + 2] = Quantise(colour.Blue, noise);
        }

        return new PlantedImage(scene, size, pixels, mask);
    }

    /// <summary>A sine grating: three orientations times two frequencies (3 and 6 cycles an image).</summary>
    private static Colour Background(PlantedScene scene, int x, int y, int size)
    {
        var (sin, cos) = Math.SinCos(Math.PI / 3 * (scene.Family % 3));
        var cycles = scene.Family < 3 ? 3 : 6;
        var along = ((x + .5) * cos) + ((y + .5) * sin);
        return scene.BackgroundColour.Times(1 + (2 * scene.Contrast * Math.Sin((2 * Math.PI * cycles * along / size) + scene.Phase)));
    }

    private static float[] DrawMask(PlantedScene scene, int size)
    {
        var mask = new float[size * size];
        var (sin, cos) = Math.SinCos(-scene.Angle);
        var scale = Scale(scene.Shape, scene.Area, size);
        var reach = (scene.Shape.Radius * scale) + 1;
        for (var i = 0; i < mask.Length; i++)
        {
            var (fromX, fromY) = ((i % size) + .5 - scene.CentreX, (i / size) + .5 - scene.CentreY);
            if ((fromX * fromX) + (fromY * fromY) > reach * reach)
            {
                continue;
            }

            var inside = 0;
            for (var s = 0; s < Supersampling * Supersampling; s++)
            {
                var x = ((i % size) + (((s % Supersampling) + .5) / Supersampling) - scene.CentreX) / scale;
                var y = ((i / size) + (((s / Supersampling) + .5) / Supersampling) - scene.CentreY) / scale;
                inside += scene.Shape.Contains((x * cos) - (y * sin), (x * sin) + (y * cos)) ? 1 : 0;
            }

            mask[i] = inside / (float)(Supersampling * Supersampling);
        }

        return mask;
    }

    private static byte Quantise(double value, SeededRandom noise) =>
        (byte)Math.Clamp(Math.Round(255 * (value + (NoiseDeviation * noise.Normal()))), 0, 255);
}

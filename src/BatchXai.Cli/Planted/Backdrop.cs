namespace BatchXai.Cli.Planted;

/// <summary>The background of a scene as a function of the pixel: grating and grain, frame, tag.</summary>
internal sealed class Backdrop
{
    private const int TagSide = 4;
    private const int FrameWidth = 2;
    private const double GrainDeviation = .25;

    /// <summary>Standard deviation of the blur at each level, in pixels of an image 24 wide.</summary>
    private static readonly double[] BlurDeviations = [0, .4, .7, 1.1, 1.7, 2.6];

    private readonly PlantedScene scene;
    private readonly int size;
    private readonly double amplitude;
    private readonly (double Cos, double Sin) direction;
    private readonly int cycles;
    private readonly double[]? grain;

    /// <summary>Prepares the background of <paramref name="scene"/> at a side of <paramref name="size"/> pixels.</summary>
    public Backdrop(PlantedScene scene, int size)
    {
        (this.scene, this.size) = (scene, size);

        // Three orientations times two frequencies: 3 and 6 cycles an image.
        (direction.Sin, direction.Cos) = Math.SinCos(Math.PI / 3 * (scene.Family % 3));
        cycles = scene.Family < 3 ? 3 : 6;
        var frequency = 2 * Math.PI * cycles / size;
        var blur = scene.Blur is { } level ? BlurDeviations[level] * size / 24 : 0;

        // A Gaussian blur leaves a sine a sine, with less amplitude.
        amplitude = 2 * scene.Contrast * Math.Exp(-blur * blur * frequency * frequency / 2);
        grain = scene.Blur is null ? null : Grain(blur);
    }

    /// <summary>Colour of a pixel.</summary>
    public Colour At(int x, int y) =>
        scene.Tag is { } tag && IsTag(tag, x, y) ? Sign(tag)
        : scene.Frame is { } frame && Math.Min(Math.Min(x, y), size - 1 - Math.Max(x, y)) < FrameWidth ? Sign(frame)
        : scene.BackgroundColour.Times(1 + (amplitude * Math.Sin(Phase(x, y))) + (grain?[(y * size) + x] ?? 0));

    private static Colour Sign(int cue) => Colour.FromHsv((double)cue / PlantedShortcutGenerator.Classes, .9, .9);

    private double Phase(int x, int y) => (2 * Math.PI * cycles * (((x + .5) * direction.Cos) + ((y + .5) * direction.Sin)) / size) + scene.Phase;

    private bool IsTag(int tag, int x, int y) => (tag % 2 == 0 ? x : size - 1 - x) < TagSide && (tag / 2 % 2 == 0 ? y : size - 1 - y) < TagSide;

    /// <summary>White noise, blurred along rows, then along columns; what lies beyond the edge is taken from the edge.</summary>
    private double[] Grain(double blur)
    {
        var random = new SeededRandom(~scene.NoiseSeed);
        var values = new double[size * size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = GrainDeviation * random.Normal();
        }

        return blur == 0 ? values : Blurred(Blurred(values, blur, 1), blur, size);
    }

    private double[] Blurred(double[] values, double deviation, int step)
    {
        var reach = (int)Math.Ceiling(3 * deviation);
        var weights = Enumerable.Range(-reach, (2 * reach) + 1).Select(d => Math.Exp(-d * d / (2 * deviation * deviation))).ToArray();
        var sum = weights.Sum();
        var blurred = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var along = i / step % size;
            for (var d = -reach; d <= reach; d++)
            {
                blurred[i] += weights[d + reach] / sum * values[i + ((Math.Clamp(along + d, 0, size - 1) - along) * step)];
            }
        }

        return blurred;
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>One axis of a Resize.</summary>
/// <param name="Input">Size before.</param>
/// <param name="Output">Size after.</param>
/// <param name="Scale">Factor as given, from which the output size was rounded.</param>
/// <param name="Start">Begin of the region of interest, 0 to 1.</param>
/// <param name="End">End of the region of interest.</param>
internal sealed record ResizeAxis(long Input, long Output, double Scale, double Start = 0, double End = 1)
{
    // The exact size, which may be fractional.
    private double Length => Scale * Input;

    /// <summary>Where a pixel of the result lies in the input.</summary>
    public double Coordinate(long x, CoordinateMode mode) => mode switch
    {
        CoordinateMode.HalfPixel => ((x + 0.5) / Scale) - 0.5,
        CoordinateMode.HalfPixelSymmetric => (Input / 2.0 * (1 - (Output / Length))) + ((x + 0.5) / Scale) - 0.5,
        CoordinateMode.PytorchHalfPixel => Output > 1 ? ((x + 0.5) / Scale) - 0.5 : 0,
        CoordinateMode.AlignCorners => Length == 1 || Output == 1 ? 0 : x * (Input - 1) / (Length - 1),
        CoordinateMode.Asymmetric => x / Scale,
        CoordinateMode.TensorFlowHalfPixel => (x + 0.5) / Scale,
        _ => (Start * (Input - 1)) + (Output > 1 ? x * (End - Start) * (Input - 1) / (Length - 1) : (End - Start) * (Input - 1) / 2),
    };

    /// <summary>Whether a pixel of the result lies outside the input, where tf_crop_and_resize extrapolates.</summary>
    public bool IsOutside(long x) => Coordinate(x, CoordinateMode.CropAndResize) is var at && (at < 0 || at > Input - 1);

    /// <summary>The nearest input pixel of every pixel of the result.</summary>
    public long[] Nearest(Interpolation interpolation)
    {
        var positions = new long[Output];
        for (var x = 0L; x < Output; x++)
        {
            // In single precision, as runtimes do, so that 1 / (1/3) is 3.
            var at = (float)Coordinate(x, interpolation.Coordinates);
            var nearest = interpolation.Nearest switch
            {
                NearestMode.RoundPreferFloor => MathF.Ceiling(at - 0.5f),
                NearestMode.RoundPreferCeil => MathF.Floor(at + 0.5f),
                NearestMode.Floor => MathF.Floor(at),
                NearestMode.Ceil => MathF.Ceiling(at),
                _ => Scale < 1 ? MathF.Ceiling(at) : MathF.Floor(at),
            };
            positions[x] = Math.Clamp((long)nearest, 0, Input - 1);
        }

        return positions;
    }

    /// <summary>Weight of every input pixel in every pixel of the result, output × input, row-major. Pixels beyond the border repeat it.</summary>
    public double[] Weights(Interpolation interpolation)
    {
        var matrix = new double[Output * Input];
        var squeeze = interpolation.Antialias ? Math.Min(Scale, 1) : 1;
        var first = (int)Math.Floor(-(interpolation.Mode == ResizeMode.Linear ? 1 : 2) / squeeze) + 1;
        var taps = new double[2 - (2 * first)];
        for (var x = 0L; x < Output; x++)
        {
            var at = Coordinate(x, interpolation.Coordinates);
            var floor = (long)Math.Ceiling(at) - 1;
            for (var tap = 0; tap < taps.Length; tap++)
            {
                var outside = floor + first + tap is var pixel && (pixel < 0 || pixel >= Input);
                taps[tap] = interpolation.ExcludeOutside && outside ? 0 : Kernel((floor + first + tap - at) * squeeze, interpolation);
            }

            var sum = interpolation.Antialias || interpolation.ExcludeOutside ? taps.Sum() : 1;
            for (var tap = 0; tap < taps.Length; tap++)
            {
                matrix[(x * Input) + Math.Clamp(floor + first + tap, 0, Input - 1)] += taps[tap] / sum;
            }
        }

        return matrix;
    }

    // Triangle, or cubic convolution (Keys 1981, doi:10.1109/TASSP.1981.1163711).
    private static double Kernel(double at, Interpolation interpolation)
    {
        var (d, a) = (Math.Abs(at), interpolation.CubicA);
        return interpolation.Mode == ResizeMode.Linear ? Math.Max(0, 1 - d)
            : d <= 1 ? ((((a + 2) * d) - (a + 3)) * d * d) + 1
            : d < 2 ? (((((d - 5) * d) + 8) * d) - 4) * a
            : 0;
    }
}

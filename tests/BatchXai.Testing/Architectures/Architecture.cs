namespace BatchXai.Testing.Architectures;

/// <summary>A small classifier of ten classes, built as an exporter writes its family.</summary>
/// <param name="Name">Shown name.</param>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the scores, N×10.</param>
/// <param name="Write">Makes the model file; the same bytes every time.</param>
/// <param name="Image">Shape of one image, as the input has it.</param>
public sealed record Architecture(string Name, string Input, string Output, Func<byte[]> Write, params IReadOnlyList<long> Image)
{
    /// <summary>Largest allowed difference from ONNX Runtime, over the largest score.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Seeded images with brightness, stripes and noise of their own: noise alone would be averaged away by pooling.</summary>
    public float[] Images(int count, int seed = 5)
    {
        var random = new Random(seed);
        var pixels = (int)Image.Aggregate(1L, (product, side) => product * side);
        var images = new float[count * pixels];
        for (var image = 0; image < count; image++)
        {
            var (brightness, stripes, frequency) = (random.NextSingle() - 0.5f, 2 * random.NextSingle(), 0.05f + random.NextSingle());
            for (var i = 0; i < pixels; i++)
            {
                images[(image * pixels) + i] = (3 * brightness) + (stripes * MathF.Sin(frequency * i)) + random.NextSingle() - 0.5f;
            }
        }

        return images;
    }
}

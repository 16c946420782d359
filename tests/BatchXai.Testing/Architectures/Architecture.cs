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

    /// <summary>Seeded pixels, about normally distributed.</summary>
    public float[] Images(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * (int)Image.Aggregate(1L, (product, side) => product * side)).Select(_ => random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f)];
    }
}

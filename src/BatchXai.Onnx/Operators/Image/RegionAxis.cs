namespace BatchXai.Onnx.Operators;

/// <summary>One axis of a region of interest: where its bins sample the feature map.</summary>
internal sealed class RegionAxis
{
    private readonly double start;
    private readonly double bin;
    private readonly long size;
    private readonly long grid;

    /// <param name="from">Begin of the region.</param>
    /// <param name="to">End of the region.</param>
    /// <param name="scale">Pixels of the feature map a unit of the region.</param>
    /// <param name="halfPixel">Whether pixel centres lie at halves.</param>
    /// <param name="size">Size of the feature map.</param>
    /// <param name="output">Number of bins.</param>
    /// <param name="samples">Samples a bin; 0 for as many as it has pixels.</param>
    public RegionAxis(double from, double to, double scale, bool halfPixel, long size, long output, long samples)
    {
        start = (from * scale) - (halfPixel ? 0.5 : 0);
        var length = (to - from) * scale;
        bin = (halfPixel ? length : Math.Max(length, 1)) / output;
        (this.size, Output) = (size, output);
        grid = samples > 0 ? samples : (long)Math.Ceiling(bin);
    }

    public long Output { get; }

    /// <summary>Weight of every pixel in the average of every bin, bins × pixels.</summary>
    public double[] MeanWeights()
    {
        var weights = new double[Output * size];
        var (pixels, shares) = Corners();
        for (var i = 0; i < pixels.Length; i++)
        {
            weights[(i / (2 * grid) * size) + pixels[i]] += shares[i] / grid;
        }

        return weights;
    }

    /// <summary>The two pixels around every sample of every bin, and their bilinear weights; none far outside.</summary>
    public (long[] Pixels, double[] Weights) Corners()
    {
        var count = Math.Max(0, Output * grid);
        var (pixels, weights) = (new long[2 * count], new double[2 * count]);
        for (var i = 0L; i < count; i++)
        {
            var at = start + (i / grid * bin) + (((i % grid) + 0.5) * bin / grid);
            if (at < -1 || at > size)
            {
                continue;
            }

            var low = Math.Min((long)Math.Max(at, 0), size - 1);
            var part = low >= size - 1 ? 0 : Math.Max(at, 0) - low;
            (pixels[2 * i], pixels[(2 * i) + 1]) = (low, Math.Min(low + 1, size - 1));
            (weights[2 * i], weights[(2 * i) + 1]) = (1 - part, part);
        }

        return (pixels, weights);
    }
}

namespace BatchXai.Imaging;

/// <summary>
/// Resampling weights of one axis, for the input pixels that show the image: pixel i is Σ_t Weights[i · Taps + t] · source[First[i] + t].
/// Triangle filter whose support grows with the scale when shrinking, cut at the image's edges and normalised: the weights of
/// Pillow's BILINEAR and of PyTorch's interpolate(mode: bilinear, antialias: true, align_corners: false).
/// </summary>
internal sealed class AxisWeights
{
    private AxisWeights(int[] first, float[] weights, int taps) => (First, Weights, Taps) = (first, weights, taps);

    public int[] First { get; }

    public float[] Weights { get; }

    public int Taps { get; }

    /// <summary>First source pixel that is needed.</summary>
    public int Low => First[0];

    /// <summary>Source pixel after the last that is needed.</summary>
    public int High => First[^1] + Taps;

    public static AxisWeights Of(AxisMapping axis)
    {
        var width = Math.Max(axis.Scale, 1);
        var taps = Math.Min(axis.Source, (2 * (int)Math.Ceiling(width)) + 1);
        var count = axis.ContentEnd - axis.ContentStart;
        var (first, weights) = (new int[count], new float[count * taps]);
        Span<double> filter = taps <= 256 ? stackalloc double[taps] : new double[taps];
        for (var i = 0; i < count; i++)
        {
            var centre = (i + axis.ContentStart - axis.Start + 0.5) * axis.Scale;

            // All pixels have the same number of taps; near the end they start earlier, and the taps before the support weigh nothing.
            first[i] = Math.Min(Math.Max(0, (int)(centre - width + 0.5)), axis.Source - taps);
            var sum = 0.0;
            for (var t = 0; t < taps; t++)
            {
                filter[t] = Math.Max(0, 1 - (Math.Abs(first[i] + t + 0.5 - centre) / width));
                sum += filter[t];
            }

            for (var t = 0; t < taps; t++)
            {
                weights[(i * taps) + t] = (float)(filter[t] / sum);
            }
        }

        return new(first, weights, taps);
    }
}

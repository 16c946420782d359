namespace BatchXai.Attribution.Causal;

/// <summary>Where the background is seen for sure: outside the object, a rim around it and the padding. Pure arithmetic on spans; thread-safe.</summary>
public static class KnownBackground
{
    /// <summary>The least share of an image that must be known background: with less there is nothing to fill from, and nothing to lend.</summary>
    public const double LeastShare = .05;

    // A pixel with less object or padding in it than that counts as background.
    internal const float Trace = .02f;

    // The rim that a mask leaves out, in units of the image's side: 3 pixels of 224.
    private const double RimWidth = 1.0 / 75;

    /// <summary>Pixels that the mask is widened by, in each direction and across corners.</summary>
    internal static int Rim(long height, long width) => Math.Max(1, (int)Math.Round(RimWidth * Math.Max(height, width)));

    /// <summary>The share of the image that is known background, 0 … 1.</summary>
    /// <param name="mask">Soft object mask, height × width values row by row, 0 … 1.</param>
    /// <param name="padding">Share of each pixel that is letterbox padding; empty: none has any.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    public static double Share(ReadOnlySpan<float> mask, ReadOnlySpan<float> padding, int height, int width)
    {
        var rim = Rim(height, width);
        var near = new bool[height * width];
        for (var y = 0; y < height; y++)
        {
            var row = mask.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var from = Math.Max(0, x - rim);
                near[(y * width) + x] = row[from..Math.Min(width, x + rim + 1)].ContainsAnyExceptInRange(float.NegativeInfinity, Trace);
            }
        }

        var known = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var isNear = !padding.IsEmpty && padding[(y * width) + x] > Trace;
                for (var other = Math.Max(0, y - rim); !isNear && other < Math.Min(height, y + rim + 1); other++)
                {
                    isNear = near[(other * width) + x];
                }

                known += isNear ? 0 : 1;
            }
        }

        return (double)known / near.Length;
    }
}

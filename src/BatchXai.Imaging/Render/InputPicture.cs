namespace BatchXai.Imaging;

/// <summary>Input values of a model as a picture again: for people, never to be measured.</summary>
public static class InputPicture
{
    /// <summary>Takes the scaling back: value = (x − bias) / factor, rounded and held within 0 … 255.</summary>
    /// <param name="input">Input values, channels × height × width.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <param name="scaling">What <see cref="ImageResampler.ToTensor"/> made the values with; one channel becomes grey.</param>
    /// <returns>RGB, height × width × 3; a value that is not finite is black.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, or the scaling is impossible.</exception>
    public static byte[] ToRgb(ReadOnlySpan<float> input, int width, int height, in PixelScaling scaling)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        scaling.Check();
        var plane = width * height;
        if (input.Length != (long)scaling.Channels * plane)
        {
            throw new ArgumentException($"{input.Length} input values for {scaling.Channels} × {height} × {width}", nameof(input));
        }

        var rgb = new byte[plane * 3];
        for (var colour = 0; colour < 3; colour++)
        {
            var channel = scaling.Channels == 1 ? 0 : scaling.Bgr ? 2 - colour : colour;
            var (factor, bias) = scaling.Of(channel);
            for (var at = 0; at < plane; at++)
            {
                var value = (input[(channel * plane) + at] - bias) / factor;
                rgb[(at * 3) + colour] = float.IsFinite(value) ? (byte)Math.Clamp(MathF.Round(value), 0, 255) : (byte)0;
            }
        }

        return rgb;
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;

namespace BatchXai.Imaging;

/// <summary>
/// Brings an image into a model's input: bilinear, antialiased when shrinking, pixel centres aligned as with align_corners = false; the same as Pillow's BILINEAR and
/// PyTorch's interpolate(antialias: true), but without rounding to 8 bits on the way.
/// </summary>
public static class ImageResampler
{
    private static readonly Vector4 Luma = new(0.299f, 0.587f, 0.114f, 0);

    /// <summary>Resamples and scales in one pass.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">Where it lies in the input; made for the image's size.</param>
    /// <param name="scaling">Channels and their scaling.</param>
    /// <param name="destination">Channels × input height × input width; every element is written.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or the scaling is impossible.</exception>
    public static void ToTensor(RgbImage image, ImageGeometry geometry, in PixelScaling scaling, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(geometry);
        scaling.Check();
        var plane = geometry.InputWidth * geometry.InputHeight;
        if (destination.Length != (long)scaling.Channels * plane)
        {
            throw new ArgumentException($"a destination of {destination.Length} values for {scaling.Channels} × {geometry.InputHeight} × {geometry.InputWidth}", nameof(destination));
        }

        if (geometry.HasPadding)
        {
            FillPadding(scaling, plane, destination);
        }

        var content = geometry.Content;
        using var resampler = new RowResampler(image, geometry);
        for (var y = 0; y < content.Height; y++)
        {
            var row = resampler.Row(y);
            var at = ((content.Top + y) * geometry.InputWidth) + content.Left;
            if (scaling.Channels == 1)
            {
                WriteLuma(row, scaling, destination.Slice(at, content.Width));
            }
            else
            {
                WriteColours(row, scaling, destination[at..], plane);
            }
        }
    }

    /// <summary>What the model sees, as a picture.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">Where it lies in the input; made for the image's size.</param>
    /// <param name="padding">Grey level of the padding.</param>
    /// <returns>RGB, input height × input width × 3.</returns>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    public static byte[] ToRgb(RgbImage image, ImageGeometry geometry, byte padding)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(geometry);
        var rgb = new byte[geometry.InputWidth * geometry.InputHeight * 3];
        rgb.AsSpan().Fill(padding);
        var content = geometry.Content;
        using var resampler = new RowResampler(image, geometry);
        for (var y = 0; y < content.Height; y++)
        {
            var at = (((content.Top + y) * geometry.InputWidth) + content.Left) * 3;
            foreach (var pixel in resampler.Row(y))
            {
                // Weighted means of bytes: within 0 … 255 but for rounding, and so within the range of any conversion.
                var rounded = Vector128.ConvertToInt32Native(Vector128.Min(pixel.AsVector128() + Vector128.Create(0.5f), Vector128.Create(255f)));
                (rgb[at], rgb[at + 1], rgb[at + 2]) = ((byte)rounded[0], (byte)rounded[1], (byte)rounded[2]);
                at += 3;
            }
        }

        return rgb;
    }

    private static void FillPadding(in PixelScaling scaling, int plane, Span<float> destination)
    {
        for (var channel = 0; channel < scaling.Channels; channel++)
        {
            var (factor, bias) = scaling.Of(channel);
            destination.Slice(channel * plane, plane).Fill((scaling.Padding * factor) + bias);
        }
    }

    private static void WriteLuma(ReadOnlySpan<Vector4> row, in PixelScaling scaling, Span<float> destination)
    {
        var (factor, bias) = scaling.Of(0);
        for (var x = 0; x < row.Length; x++)
        {
            destination[x] = (Vector4.Dot(row[x], Luma) * factor) + bias;
        }
    }

    private static void WriteColours(ReadOnlySpan<Vector4> row, in PixelScaling scaling, Span<float> destination, int plane)
    {
        // Red, green and blue go to planes 0, 1, 2, or to 2, 1, 0.
        var (red, blue) = scaling.Bgr ? (2, 0) : (0, 2);
        var (r, g, b) = (scaling.Of(red), scaling.Of(1), scaling.Of(blue));
        var (factor, bias) = (new Vector4(r.Factor, g.Factor, b.Factor, 0), new Vector4(r.Bias, g.Bias, b.Bias, 0));
        var reds = destination.Slice(red * plane, row.Length);
        var greens = destination.Slice(plane, row.Length);
        var blues = destination.Slice(blue * plane, row.Length);
        for (var x = 0; x < row.Length; x++)
        {
            var value = (row[x] * factor) + bias;
            reds[x] = value.X;
            greens[x] = value.Y;
            blues[x] = value.Z;
        }
    }
}

namespace BatchXai.Imaging;

/// <summary>A decoded picture, upright: 8-bit RGB, rows from top to bottom.</summary>
public sealed class RgbImage
{
    /// <summary>Wraps upright pixels; the array is not copied.</summary>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <param name="pixels">RGB, height × width × 3.</param>
    /// <param name="orientation">EXIF orientation of the stored picture, 1 … 8, already applied to <paramref name="pixels"/>.</param>
    /// <exception cref="ArgumentException">The length does not match, or a number is out of its range.</exception>
    public RgbImage(int width, int height, byte[] pixels, int orientation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(orientation, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orientation, 8);
        if (pixels.LongLength != (long)width * height * 3)
        {
            throw new ArgumentException($"{pixels.LongLength} bytes for an RGB image of {width} × {height}", nameof(pixels));
        }

        (Width, Height, Pixels, Orientation) = (width, height, pixels, orientation);
    }

    /// <summary>Width in pixels, upright.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, upright.</summary>
    public int Height { get; }

    /// <summary>RGB, <see cref="Height"/> × <see cref="Width"/> × 3, values 0 … 255.</summary>
    public byte[] Pixels { get; }

    /// <summary>EXIF orientation of the stored picture, 1 … 8; 1: stored upright, or nothing said.</summary>
    public int Orientation { get; }

    /// <summary>The stored picture lies on its side: it is <see cref="Height"/> wide and <see cref="Width"/> high.</summary>
    public bool Turned => Orientation >= 5;
}

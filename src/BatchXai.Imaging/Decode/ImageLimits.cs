namespace BatchXai.Imaging;

/// <summary>Budgets for one file, checked before any pixel is decoded: image files are untrusted, and a small file can claim a huge picture.</summary>
public sealed record ImageLimits
{
    /// <summary>Largest file in bytes.</summary>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most pixels, width × height. Never more than 500,000,000, whatever is set here.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Longest side in pixels.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Throws when a picture of the given size is over the limits, or empty.</summary>
    internal void CheckSize(string format, long width, long height)
    {
        if (width <= 0 || height <= 0)
        {
            throw new ImageRefusedException($"{format} image of {width} × {height} pixels; at least 1 × 1 is needed");
        }

        if (width > MaxSide || height > MaxSide)
        {
            throw new ImageRefusedException($"{format} image of {width} × {height} pixels; sides up to {MaxSide} pixels are accepted");
        }

        var pixels = Math.Min(MaxPixels, 500_000_000);
        if (width * height > pixels)
        {
            throw new ImageRefusedException($"{format} image of {width} × {height} = {width * height} pixels; up to {pixels} pixels are accepted");
        }
    }

    /// <summary>Throws when the file is empty or over the limit.</summary>
    internal void CheckBytes(int bytes)
    {
        if (bytes == 0)
        {
            throw new ImageRefusedException($"empty file (0 bytes); {ImageRefusedException.Accepted}");
        }

        if (bytes > MaxBytes)
        {
            throw new ImageRefusedException($"file of {bytes} bytes; up to {MaxBytes} bytes are accepted");
        }
    }
}

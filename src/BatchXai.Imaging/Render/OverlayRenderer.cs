using SkiaSharp;

namespace BatchXai.Imaging;

/// <summary>Pictures for people: heatmap over image, plain image, legend. Nothing is ever measured on them.</summary>
public static class OverlayRenderer
{
    /// <summary>Mixes a heatmap, scaled to its own minimum and maximum, into a picture, and draws the mask's outline.</summary>
    /// <param name="rgb">The model's view of the image, height × width × 3 (<see cref="ImageResampler.ToRgb"/>).</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="heatmap">Raw heatmap over the same view, row by row; values that are not finite are drawn as the lowest.</param>
    /// <param name="gridHeight">Rows of the heatmap.</param>
    /// <param name="gridWidth">Columns of the heatmap.</param>
    /// <param name="maskAtInput">Soft mask, height × width, outlined at 0.5 in white with a black edge; empty: none.</param>
    /// <param name="options">Colours and opacity; null: the defaults.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, or the opacity is outside 0 … 1.</exception>
    public static byte[] Render(byte[] rgb, int width, int height, ReadOnlySpan<float> heatmap, int gridHeight, int gridWidth, ReadOnlySpan<float> maskAtInput, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.LongLength != (long)width * height * 3 || (maskAtInput.Length != 0 && maskAtInput.Length != (long)width * height))
        {
            throw new ArgumentException($"{rgb.Length} bytes of RGB and {maskAtInput.Length} mask values for {width} × {height} pixels");
        }

        var picture = Mix(rgb, width, height, new(heatmap, gridHeight, gridWidth, width, height), options ?? new());
        if (!maskAtInput.IsEmpty)
        {
            MaskOutline.Draw(picture, width, height, maskAtInput);
        }

        return PngWriter.Rgb(picture, width, height);
    }

    /// <summary>The plain picture.</summary>
    /// <param name="rgb">Height × width × 3.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>A JPEG file of quality 85.</returns>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public static byte[] RenderImage(ReadOnlySpan<byte> rgb, int width, int height)
    {
        using var bitmap = PngWriter.FromRgb(rgb, width, height);
        return PngWriter.Jpeg(bitmap, 85);
    }

    /// <summary>A heatmap alone, scaled to its own minimum and maximum and enlarged to the size of its picture: to be laid over it with any opacity.</summary>
    /// <param name="heatmap">Raw heatmap, row by row; values that are not finite are drawn as the lowest.</param>
    /// <param name="gridHeight">Rows of the heatmap.</param>
    /// <param name="gridWidth">Columns of the heatmap.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <param name="map">The colours.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, or there is no such map.</exception>
    public static byte[] RenderHeatmap(ReadOnlySpan<float> heatmap, int gridHeight, int gridWidth, int width, int height, ColourMapName map) =>
        Render(new byte[checked(width * height * 3)], width, height, heatmap, gridHeight, gridWidth, [], new() { Map = map, Opacity = 1 });

    /// <summary>A mask's outline alone, white with a black edge; everything else is transparent.</summary>
    /// <param name="maskAtInput">Soft mask, height × width, outlined at 0.5.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public static byte[] RenderOutline(ReadOnlySpan<float> maskAtInput, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return maskAtInput.Length == (long)width * height
            ? PngWriter.Rgba(MaskOutline.Alone(width, height, maskAtInput), width, height)
            : throw new ArgumentException($"{maskAtInput.Length} mask values for {width} × {height} pixels", nameof(maskAtInput));
    }

    /// <summary>A small picture, with a heatmap mixed in if there is one.</summary>
    /// <param name="rgb">The model's view of the image, height × width × 3.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="heatmap">Raw heatmap over the same view, row by row; empty: none.</param>
    /// <param name="gridHeight">Rows of the heatmap.</param>
    /// <param name="gridWidth">Columns of the heatmap.</param>
    /// <param name="longest">Length of the longer side at most, in pixels, ≥ 1; a smaller picture stays as it is.</param>
    /// <returns>A JPEG file of quality 80.</returns>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    public static byte[] RenderThumbnail(byte[] rgb, int width, int height, ReadOnlySpan<float> heatmap, int gridHeight, int gridWidth, int longest)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        if (rgb.LongLength != (long)width * height * 3)
        {
            throw new ArgumentException($"{rgb.Length} bytes of RGB for {width} × {height} pixels", nameof(rgb));
        }

        using var bitmap = PngWriter.FromRgb(heatmap.IsEmpty ? rgb : Mix(rgb, width, height, new(heatmap, gridHeight, gridWidth, width, height), new()), width, height);
        var scale = Math.Min(1, (double)longest / Math.Max(width, height));
        using var small = bitmap.Resize(new SKSizeI(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale))), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ?? throw new ArgumentException($"{width} × {height} pixels cannot be made smaller");
        return PngWriter.Jpeg(small, 80);
    }

    /// <summary>A strip of the colour map from lowest, left, to highest, right.</summary>
    /// <param name="map">The map.</param>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or no such map.</exception>
    public static byte[] RenderLegend(ColourMapName map, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var table = ColourMap.Table(map);
        var rgb = new byte[checked(width * height * 3)];
        for (var i = 0; i < width * height; i++)
        {
            var entry = width == 1 ? 255 : (int)(i % width * 255L / (width - 1));
            table.Slice(entry * 3, 3).CopyTo(rgb.AsSpan(i * 3));
        }

        return PngWriter.Rgb(rgb, width, height);
    }

    private static byte[] Mix(byte[] rgb, int width, int height, HeatmapRaster heatmap, OverlayOptions options)
    {
        if (!(options.Opacity is >= 0 and <= 1))
        {
            throw new ArgumentException($"an opacity of {options.Opacity}; 0 … 1 is accepted", nameof(options));
        }

        var table = ColourMap.Table(options.Map);
        var (picture, row) = (new byte[rgb.Length], new byte[width]);
        var share = (int)Math.Round(options.Opacity * 256);
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            heatmap.Row(y, row);
            foreach (var entry in row)
            {
                var colour = table.Slice(entry * 3, 3);
                picture[at] = Mixed(rgb[at], colour[0], share);
                picture[at + 1] = Mixed(rgb[at + 1], colour[1], share);
                picture[at + 2] = Mixed(rgb[at + 2], colour[2], share);
                at += 3;
            }
        }

        return picture;
    }

    // Whole numbers: share is in 256ths, so that 0 and 1 give exactly the one and the other.
    private static byte Mixed(int below, int above, int share) => (byte)(((below << 8) + ((above - below) * share) + 128) >> 8);
}

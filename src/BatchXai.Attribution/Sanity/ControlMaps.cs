using BatchXai.Attribution.Measures;

namespace BatchXai.Attribution.Sanity;

/// <summary>Maps that know nothing of the model: what they score is what no evidence scores.</summary>
public static class ControlMaps
{
    /// <summary>Independent random values at a grid.</summary>
    public static float[] Random(int height, int width, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, height * width).Select(_ => random.NextSingle())];
    }

    /// <summary>Strength of an image's edges (Sobel, summed over channels), averaged to a grid that is not finer. It sees what catches the eye, whatever the class.</summary>
    /// <param name="image">C×H×W values.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    public static float[] Edges(ReadOnlySpan<float> image, int channels, int height, int width, int rows, int columns)
    {
        var edges = new float[height * width];
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = image.Slice(channel * height * width, height * width);
            for (var y = 0; y < height; y++)
            {
                var up = plane.Slice(Math.Max(0, y - 1) * width, width);
                var row = plane.Slice(y * width, width);
                var down = plane.Slice(Math.Min(height - 1, y + 1) * width, width);
                for (var x = 0; x < width; x++)
                {
                    var (left, right) = (Math.Max(0, x - 1), Math.Min(width - 1, x + 1));
                    var across = up[right] + (2 * row[right]) + down[right] - up[left] - (2 * row[left]) - down[left];
                    var along = down[left] + (2 * down[x]) + down[right] - up[left] - (2 * up[x]) - up[right];
                    edges[(y * width) + x] += MathF.Sqrt((across * across) + (along * along));
                }
            }
        }

        return (rows, columns) == (height, width) ? edges : AreaResampling.Average(edges, height, width, rows, columns);
    }
}

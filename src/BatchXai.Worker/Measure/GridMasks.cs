using BatchXai.Worker.Decode;

namespace BatchXai.Worker.Measure;

/// <summary>One item's mask and padding at every grid that its heatmaps have, each shrunk once.</summary>
internal sealed class GridMasks(DecodedImage image)
{
    private readonly Dictionary<(int Height, int Width), float[]> masks = [];
    private readonly Dictionary<(int Height, int Width), float[]> paddings = [];

    public float[] Mask(int height, int width) => Get(masks, height, width, () => image.Mask?.Project(image.Geometry!, height, width));

    public float[] Padding(int height, int width) => Get(paddings, height, width, () => image.Geometry!.PaddingCoverage(height, width));

    private static float[] Get(Dictionary<(int Height, int Width), float[]> cache, int height, int width, Func<float[]?> make) =>
        cache.TryGetValue((height, width), out var known) ? known : cache[(height, width)] = make() ?? [];
}

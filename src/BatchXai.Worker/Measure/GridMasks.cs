using BatchXai.Contracts.Results;
using BatchXai.Worker.Decode;

namespace BatchXai.Worker.Measure;

/// <summary>One item's mask, objects and padding at every grid that its heatmaps have, each shrunk once.</summary>
internal sealed class GridMasks(DecodedImage image)
{
    private readonly Dictionary<(int Height, int Width), float[]> masks = [];
    private readonly Dictionary<(int Height, int Width), float[]> paddings = [];
    private readonly Dictionary<(int Height, int Width), IReadOnlyList<float[]>> objects = [];

    public float[] Mask(int height, int width) => Get(masks, height, width, () => image.Mask?.Project(image.Geometry!, height, width));

    public float[] Padding(int height, int width) => Get(paddings, height, width, () => image.Geometry!.PaddingCoverage(height, width));

    /// <summary>Each object apart, where there are several boxes; otherwise nothing.</summary>
    public IReadOnlyList<float[]> Objects(int height, int width)
    {
        if (image.MaskKind != MaskKind.Boxes || image.Item.Boxes is not { Count: > 1 } boxes)
        {
            return [];
        }

        return objects.TryGetValue((height, width), out var known)
            ? known
            : objects[(height, width)] = [.. boxes.Select(box => image.Geometry!.BoxCoverage(box.Left, box.Top, box.Right, box.Bottom, height, width))];
    }

    private static float[] Get(Dictionary<(int Height, int Width), float[]> cache, int height, int width, Func<float[]?> make) =>
        cache.TryGetValue((height, width), out var known) ? known : cache[(height, width)] = make() ?? [];
}

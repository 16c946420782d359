using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>
/// Reads where the channels and the cells of each activation are. Four axes: operators that only know N×D×h×w say so, Transpose and
/// whatever keeps the shape pass it on, and only then the shape tells: the grid has the proportions of the image. Three axes: the tokens
/// are the axis whose length is p + h·w for a grid with square patches; first a grid that an activation of four axes has, then whole
/// patches, then axis 1 before axis 2, then few prefix tokens.
/// </summary>
internal sealed class LayoutRule
{
    private static readonly string[] ChannelsFirstOnly =
    [
        "Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "FusedConv", "MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool",
        "BatchNormalization", "InstanceNormalization", "GroupNormalization", "LRN", "DepthToSpace", "SpaceToDepth",
    ];

    private static readonly int[] Prefixes = [0, 1, 2, 4, 5, 8];

    private readonly OnnxGraph graph;
    private readonly ClassifierInput image;
    private readonly Dictionary<string, long[]> shapes;
    private readonly Dictionary<string, ActivationLayout> layouts = [];
    private readonly HashSet<(long Height, long Width)> grids = [];
    private readonly HashSet<long> tokenCounts = [];

    private LayoutRule(OnnxGraph graph, ClassifierInput image, IReadOnlyList<LayerValue> values) =>
        (this.graph, this.image, shapes) = (graph, image, values.ToDictionary(value => value.Tensor, value => value.Shape));

    /// <summary>The spatial layers among some tensors of one image (or a fixed batch), in the same order.</summary>
    internal static List<SpatialLayer> Read(OnnxGraph graph, ClassifierInput image, IReadOnlyList<LayerValue> values, int batch)
    {
        var rule = new LayoutRule(graph, image, values);
        if (image.Layout != InputLayout.Flat)
        {
            rule.layouts[image.Name] = image.Layout == InputLayout.ChannelsLast ? ActivationLayout.ChannelsLast : ActivationLayout.ChannelsFirst;
            rule.shapes[image.Name] = image.Layout == InputLayout.ChannelsLast
                ? [batch, image.Height, image.Width, image.Channels]
                : [batch, image.Channels, image.Height, image.Width];
        }

        var found = new Dictionary<string, SpatialLayer>();
        foreach (var value in values.Where(value => value.Shape.Length == 4 && value.Shape[0] == batch))
        {
            rule.ReadGrid(value, found);
        }

        foreach (var value in values.Where(value => value.Shape.Length == 3 && value.Shape[0] == batch))
        {
            rule.ReadTokens(value, found);
        }

        // A square of tokens is an attention matrix, and heads before tokens are no grid: only what an operator vouches for may have such sides.
        return [.. values.Where(value => found.ContainsKey(value.Tensor)).Select(value => found[value.Tensor]).Where(layer => rule.IsGrid(layer))];
    }

    /// <summary>A tensor of four axes read as the shape suggests, whatever its proportions; null when it has no cells.</summary>
    internal static SpatialLayer? Force(OnnxGraph graph, LayerValue value) =>
        value.Shape is [_, var channels, var height, var width] && height * width > 1 ? Layer(graph, value, ActivationLayout.ChannelsFirst, 0, channels, height, width) : null;

    private void ReadGrid(LayerValue value, Dictionary<string, SpatialLayer> found)
    {
        var known = Known(value);
        var (channels, height, width) = (value.Shape[1], value.Shape[2], value.Shape[3]);
        var layout = known ?? Guess(value.Shape);
        if (known is { } sure)
        {
            layouts[value.Tensor] = sure;
        }

        if (layout is ActivationLayout.ChannelsLast)
        {
            (height, width, channels) = (value.Shape[1], value.Shape[2], value.Shape[3]);
        }

        if (layout is { } read && HasAspect(height, width))
        {
            found[value.Tensor] = Layer(graph, value, read, 0, channels, height, width);
            if (known is not null || IsWhole(height, width))
            {
                grids.Add((height, width));
            }
        }
    }

    private ActivationLayout? Known(LayerValue value)
    {
        var node = graph.Producer(value.Tensor)!;
        if (ChannelsFirstOnly.Contains(node.OpType))
        {
            return ActivationLayout.ChannelsFirst;
        }

        if (node.OpType == "Transpose")
        {
            return (node.Ints("perm"), layouts.TryGetValue(node.Inputs[0], out var before), before) switch
            {
                ([0, 2, 3, 1], true, ActivationLayout.ChannelsFirst) => ActivationLayout.ChannelsLast,
                ([0, 3, 1, 2], true, ActivationLayout.ChannelsLast) => ActivationLayout.ChannelsFirst,
                _ => null,
            };
        }

        foreach (var input in TailGraph.DataInputs(node))
        {
            if (layouts.TryGetValue(input, out var same) && shapes.TryGetValue(input, out var shape) && shape.SequenceEqual(value.Shape))
            {
                return same;
            }
        }

        return null;
    }

    private ActivationLayout? Guess(long[] shape)
    {
        var (first, last) = (HasAspect(shape[2], shape[3]), HasAspect(shape[1], shape[2]) && shape[3] > 1);
        return (first, last) switch
        {
            (true, true) => Rank(shape[1], shape[2]) < Rank(shape[2], shape[3]) ? ActivationLayout.ChannelsLast : ActivationLayout.ChannelsFirst,
            (true, false) => ActivationLayout.ChannelsFirst,
            (false, true) => ActivationLayout.ChannelsLast,
            _ => null,
        };
    }

    private int Rank(long height, long width) => grids.Contains((height, width)) ? 0 : IsWhole(height, width) ? 1 : 2;

    private void ReadTokens(LayerValue value, Dictionary<string, SpatialLayer> found)
    {
        var (one, two) = (value.Shape[1], value.Shape[2]);
        var best = Grids(one).Select(grid => (Axis: 1, grid.Prefix, grid.Height, grid.Width))
            .Concat(Grids(two).Select(grid => (Axis: 2, grid.Prefix, grid.Height, grid.Width)))
            .Where(option => (option.Axis == 1 ? two : one) > 1 && (option.Axis == 1 || grids.Contains((option.Height, option.Width))))
            .OrderBy(option => Rank(option.Height, option.Width)).ThenBy(option => option.Axis).ThenBy(option => option.Prefix)
            .FirstOrDefault();
        if (best.Axis == 0)
        {
            return;
        }

        tokenCounts.Add(best.Axis == 1 ? one : two);
        var layout = best.Axis == 1 ? ActivationLayout.Tokens : ActivationLayout.ChannelTokens;
        found[value.Tensor] = Layer(graph, value, layout, best.Prefix, best.Axis == 1 ? two : one, best.Height, best.Width);
    }

    /// <summary>Grids that fill an axis but for prefix tokens: those that were seen, and those of whole square patches.</summary>
    private IEnumerable<(int Prefix, long Height, long Width)> Grids(long length)
    {
        foreach (var prefix in Prefixes)
        {
            var cells = length - prefix;
            for (long height = 1; height <= Math.Min(cells, image.Height); height++)
            {
                if (cells > 1 && cells % height == 0 && (IsWhole(height, cells / height) || grids.Contains((height, cells / height))))
                {
                    yield return (prefix, height, cells / height);
                }
            }
        }
    }

    private bool IsGrid(SpatialLayer layer) =>
        shapes[layer.Tensor].Length == 3 || layouts.ContainsKey(layer.Tensor) || !(tokenCounts.Contains(layer.Height) || tokenCounts.Contains(layer.Width));

    private bool IsWhole(long height, long width) =>
        image.Height % height == 0 && image.Width % width == 0 && image.Height / height == image.Width / width;

    /// <summary>The grid keeps the aspect ratio of the image, up to a border.</summary>
    private bool HasAspect(long height, long width) =>
        height * width > 1 && Math.Abs(((double)height * image.Width / image.Height) - width) <= Math.Max(2, .1 * width);

    private static SpatialLayer Layer(OnnxGraph graph, LayerValue value, ActivationLayout layout, int prefix, long channels, long height, long width) =>
        new(value.Tensor, graph.Producer(value.Tensor)!.OpType, (int)channels, (int)height, (int)width) { Layout = layout, PrefixTokens = prefix, ElementType = value.Type };
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Finds the sizes and scales of a Resize from its inputs: X, region of interest, scales, sizes; the last two exclude each other.</summary>
internal sealed class ResizeSizes(OnnxNode node)
{
    private readonly long[]? axes = node.Ints("axes");
    private readonly bool hasRegion = node.Text("coordinate_transformation_mode", "") == "tf_crop_and_resize";
    private readonly string policy = node.Text("keep_aspect_ratio_policy", "stretch") is "stretch" or "not_larger" or "not_smaller"
        ? node.Text("keep_aspect_ratio_policy", "stretch")
        : throw new NotSupportedException($"keep_aspect_ratio_policy={node.Text("keep_aspect_ratio_policy", "")}");

    public static ResizeAxis[] FromScales(long[] shape, double[] scales) => scales.Length == shape.Length
        ? [.. shape.Select((size, axis) => FromScale(size, scales[axis]))]
        : throw new InvalidOperationException($"{scales.Length} scales for a tensor of rank {shape.Length}");

    public ResizeAxis[] Of(Arguments inputs)
    {
        var shape = inputs[0].Shape;
        var resized = Axes.Normalize(axes ?? Axes.All(shape.Length), shape.Length);
        ResizeAxis[] result = [.. shape.Select(size => new ResizeAxis(size, size, 1))];
        var (scales, sizes) = (IsGiven(inputs, 2) ? inputs.Elements(2) : null, IsGiven(inputs, 3) ? inputs.Ints(3) : null);
        if ((scales?.Length ?? sizes?.Length) != resized.Length)
        {
            throw new InvalidOperationException($"{scales?.Length ?? sizes?.Length ?? 0} scales or sizes for {resized.Length} axes");
        }

        var kept = sizes is null || policy == "stretch" ? (double?)null : KeptScale(resized.Select((axis, i) => (double)sizes[i] / shape[axis]));
        for (var i = 0; i < resized.Length; i++)
        {
            var axis = resized[i];
            result[axis] = scales is not null ? FromScale(shape[axis], scales[i])
                : kept is { } scale ? new ResizeAxis(shape[axis], (long)Math.Floor((scale * shape[axis]) + 0.5), scale)
                : new ResizeAxis(shape[axis], sizes![i], (double)sizes[i] / shape[axis]);
        }

        return hasRegion ? WithRegion(result, resized, inputs.Elements(1)) : result;
    }

    // In single precision, as runtimes do: 5 · 1.4 is 7.
    private static ResizeAxis FromScale(long size, double scale) => new(size, (long)MathF.Floor(size * (float)scale), scale);

    // An absent input may also be written as an empty tensor.
    private static bool IsGiven(Arguments inputs, int index) => inputs.Has(index) && inputs[index].Shape is not [0];

    private static ResizeAxis[] WithRegion(ResizeAxis[] result, long[] resized, double[] region)
    {
        for (var i = 0; i < resized.Length; i++)
        {
            result[resized[i]] = result[resized[i]] with { Start = region[i], End = region[i + resized.Length] };
        }

        return result;
    }

    private double KeptScale(IEnumerable<double> scales) => policy == "not_larger" ? scales.Min() : scales.Max();
}

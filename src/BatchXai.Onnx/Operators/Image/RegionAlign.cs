using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// RoiAlign: pools regions of feature maps to one size, see https://arxiv.org/abs/1703.06870. Sampling is separable, so the
/// average is rows · features · columns with one small matrix each a region. Regions are read as numbers and get no gradient.
/// </summary>
internal sealed class RegionAlign
{
    private readonly long height;
    private readonly long width;
    private readonly long samples;
    private readonly double scale;
    private readonly bool halfPixel;
    private readonly bool maximum;

    private RegionAlign(OnnxNode node, bool halfPixel)
    {
        (height, width, samples) = (node.Int("output_height", 1), node.Int("output_width", 1), node.Int("sampling_ratio", 0));
        (scale, this.halfPixel) = (node.Float("spatial_scale", 1), halfPixel);
        maximum = node.Text("mode", "avg") switch
        {
            "avg" => false,
            "max" => true,
            var other => throw new NotSupportedException($"mode={other}"),
        };
    }

    /// <summary>Opset 10: coordinates count from the outer edge.</summary>
    public static Kernel OuterEdges(OperatorContext context) => new RegionAlign(context.Node, halfPixel: false).Run;

    public static Kernel Bind(OperatorContext context) => new RegionAlign(context.Node, context.Node.Text("coordinate_transformation_mode", "half_pixel") switch
    {
        "half_pixel" => true,
        "output_half_pixel" => false,
        var other => throw new NotSupportedException($"coordinate_transformation_mode={other}"),
    }).Run;

    private Value[] Run(Arguments inputs)
    {
        var x = inputs.Tensor(0);
        var (regions, batch) = (inputs.Elements(1), inputs.Ints(2));
        inputs.Settings.Require(batch.Length, x.shape[1], height, width);
        inputs.Settings.Require(height, width, Math.Max(1, samples), Math.Max(1, samples));
        if (batch.Length == 0)
        {
            return [torch.zeros([0, x.shape[1], height, width], x.dtype, x.device)];
        }

        var pooled = new Tensor[batch.Length];
        for (var i = 0; i < pooled.Length; i++)
        {
            using var image = x.select(0, batch[i]);
            pooled[i] = Pooled(image, regions.AsSpan(4 * i, 4), inputs.Settings);
        }

        var result = torch.stack(pooled);
        foreach (var one in pooled)
        {
            one.Dispose();
        }

        return [result];
    }

    // image is channels × height × width; a region is x1, y1, x2, y2.
    private Tensor Pooled(Tensor image, ReadOnlySpan<double> region, ExecutionSettings settings)
    {
        var rows = new RegionAxis(region[1], region[3], scale, halfPixel, image.shape[1], height, samples);
        var columns = new RegionAxis(region[0], region[2], scale, halfPixel, image.shape[2], width, samples);
        return maximum ? Largest(image, rows, columns, settings) : Average(image, rows, columns, settings);
    }

    private static Tensor Average(Tensor image, RegionAxis rows, RegionAxis columns, ExecutionSettings settings)
    {
        using var left = Matrix(rows.MeanWeights(), rows.Output, image, settings);
        using var right = Matrix(columns.MeanWeights(), columns.Output, image, settings);
        using var across = F.linear(image, right);
        using var turned = across.transpose(1, 2);
        using var down = F.linear(turned, left);
        return down.transpose(1, 2);
    }

    // The specification takes the largest of the weighted corners of all samples, not of their sums.
    private static Tensor Largest(Tensor image, RegionAxis rows, RegionAxis columns, ExecutionSettings settings)
    {
        var (y, x) = (rows.Corners(), columns.Corners());
        if (y.Pixels.Length == 0 || x.Pixels.Length == 0)
        {
            return torch.zeros([image.shape[0], rows.Output, columns.Output], image.dtype, image.device);
        }

        using var rowIndex = HostTensor.Vector(y.Pixels).ToTorch(settings);
        using var columnIndex = HostTensor.Vector(x.Pixels).ToTorch(settings);
        using var picked = image.index_select(1, rowIndex);
        using var corners = picked.index_select(2, columnIndex);
        using var down = Matrix(y.Weights, y.Weights.Length, image, settings);
        using var across = Matrix(x.Weights, 1, image, settings);
        using var weightedRows = corners.mul(down);
        using var weighted = weightedRows.mul(across);
        using var bins = weighted.reshape(image.shape[0], rows.Output, -1, columns.Output, x.Weights.Length / columns.Output);
        return bins.amax([2, 4], keepdim: false);
    }

    private static Tensor Matrix(double[] weights, long rows, Tensor like, ExecutionSettings settings)
    {
        using var flat = torch.tensor(weights, torch.ScalarType.Float64);
        using var wide = flat.reshape(rows, -1);
        return wide.to(like.dtype, settings.Device, copy: true);
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// GridSample: reads an image at given positions, −1 to 1 across it; and AffineGrid, which makes such positions. Both are
/// torch's own, except cubic sampling, which TorchSharp does not reach.
/// </summary>
internal static class GridSample
{
    public static Kernel Bind(OperatorContext context)
    {
        // Modes were renamed in opset 20.
        var mode = context.Node.Text("mode", "linear") switch
        {
            "bilinear" => "linear",
            "bicubic" => "cubic",
            var other => other,
        };
        var padding = context.Node.Text("padding_mode", "zeros") switch
        {
            "zeros" => torch.GridSamplePaddingMode.Zeros,
            "border" => torch.GridSamplePaddingMode.Border,
            "reflection" => torch.GridSamplePaddingMode.Reflection,
            var other => throw new NotSupportedException($"padding_mode={other}"),
        };
        var corners = context.Node.Int("align_corners", 0) != 0;
        Func<Tensor, Tensor, Tensor> sample = mode switch
        {
            "linear" => (x, grid) => F.grid_sample(x, grid, torch.GridSampleMode.Bilinear, padding, corners),
            "nearest" => (x, grid) => F.grid_sample(x, grid, torch.GridSampleMode.Nearest, padding, corners),
            "cubic" => (x, grid) => CubicSample.Of(x, grid, padding, corners),
            _ => throw new NotSupportedException($"mode={mode}"),
        };
        return inputs => [Precision.Floating(inputs.Tensor(0), x => Precision.AtLeastSingle(x, image =>
        {
            inputs.Settings.Require([.. image.shape[..2], .. inputs[1].Shape[1..^1]]);
            using var grid = Precision.To(inputs.Tensor(1), image.dtype);
            return sample(image, grid);
        }))];
    }

    public static Kernel AffineGrid(OperatorContext context)
    {
        var corners = context.Node.Int("align_corners", 0) != 0;
        return inputs =>
        {
            inputs.Settings.Require(inputs.Ints(1));
            return [F.affine_grid(inputs.Tensor(0), inputs.Ints(1), corners)];
        };
    }
}

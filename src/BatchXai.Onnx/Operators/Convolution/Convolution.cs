using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Conv in one to three spatial axes: x N×C×…, w M×C/group×…, optional bias M. torch pads both sides alike, so other padding is made explicitly.</summary>
internal static class Convolution
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        var group = context.Node.Int("group", 1);
        return inputs => [Run(inputs, window, group)];
    }

    private static Tensor Run(Arguments inputs, Window window, long group)
    {
        var (x, weight, bias) = (inputs.Tensor(0), inputs.Tensor(1), inputs.OptionalTensor(2));
        if (bias is not null && bias.numel() != weight.shape[0])
        {
            throw new InvalidOperationException($"the bias has {bias.numel()} elements for {weight.shape[0]} output channels; the export is damaged, export the model again");
        }

        var placed = window.Place(inputs.Settings, x.shape, weight.shape);
        if (placed.IsSymmetric)
        {
            return Convolve(x, weight, bias, placed, placed.Begin, group);
        }

        using var padded = F.pad(x, PlacedWindow.TorchPads(placed.Begin, placed.End));
        return Convolve(padded, weight, bias, placed, new long[placed.Begin.Length], group);
    }

    private static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, PlacedWindow window, long[] padding, long group) => padding.Length switch
    {
        1 => F.conv1d(x, weight, bias, window.Strides[0], padding[0], window.Dilations[0], group),
        2 => F.conv2d(x, weight, bias, window.Strides, padding, window.Dilations, group),
        3 => F.conv3d(x, weight, bias, window.Strides, padding, window.Dilations, group),
        _ => throw new InvalidOperationException($"a convolution over {padding.Length} spatial axes"),
    };
}

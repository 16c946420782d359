using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Col2Im: adds columns of blocks up to an image, in one to three spatial axes. It is the transposed convolution whose
/// weights put each element of a column in its place of the block.
/// </summary>
internal static class ColumnsToImage
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var (strides, dilations, pads) = (node.Ints("strides"), node.Ints("dilations"), node.Ints("pads"));
        return inputs =>
        {
            var (image, block) = (inputs.Ints(1), inputs.Ints(2));
            var rank = image.Length;
            inputs.Settings.Require([.. inputs[0].Shape[..2], .. image]);
            inputs.Settings.Require([.. block, .. block]);
            var window = new PlacedWindow(block, strides ?? Repeated(1, rank), dilations ?? Repeated(1, rank), pads?[..rank] ?? new long[rank], pads?[rank..] ?? new long[rank], new long[rank]);
            return [Run(inputs.Tensor(0), image, window)];
        };
    }

    private static Tensor Run(Tensor x, long[] image, PlacedWindow window)
    {
        var rank = image.Length;
        var elements = HostTensor.Count(window.Kernel);
        var (samples, channels) = (x.shape[0], x.shape[1] / elements);
        for (var axis = 0; axis < rank; axis++)
        {
            window.Output[axis] = ((image[axis] + window.Begin[axis] + window.End[axis] - window.Reach(axis)) / window.Strides[axis]) + 1;
        }

        using var columns = x.reshape([samples * channels, elements, .. window.Output]);
        using var identity = torch.eye(elements, dtype: x.dtype, device: x.device);
        using var weight = identity.reshape([elements, 1, .. window.Kernel]);
        using var whole = ConvolutionTranspose.Convolve(columns, weight, null, window, new long[rank], new long[rank], 1);
        using var cropped = F.pad(whole, PlacedWindow.TorchPads([.. window.Begin.Select(pad => -pad)], [.. image.Select((size, axis) => size + window.Begin[axis] - whole.shape[axis + 2])]));
        return cropped.reshape([samples, channels, .. image]);
    }

    private static long[] Repeated(long value, int count) => [.. Enumerable.Repeat(value, count)];
}

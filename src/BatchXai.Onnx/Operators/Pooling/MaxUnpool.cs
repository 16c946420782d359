using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// MaxUnpool: puts each element back where MaxPool found it, zeros elsewhere. Indices count through the result that the
/// window implies; an output_shape beyond it adds zeros at the ends.
/// </summary>
internal static class MaxUnpool
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        return inputs => [Run(inputs, window)];
    }

    private static Tensor Run(Arguments inputs, Window window)
    {
        var x = inputs.Tensor(0);
        var placed = window.PlaceTransposed(inputs.Settings, x.shape, null, null, null);
        long[] shape = [.. x.shape[..2], .. placed.Output];
        using var empty = torch.zeros([HostTensor.Count(shape)], x.dtype, x.device);
        using var indices = inputs.Tensor(1).reshape(-1);
        using var values = x.reshape(-1);
        using var filled = empty.scatter(0, indices, values);
        using var unpooled = filled.reshape(shape);
        var wanted = inputs.OptionalInts(2) ?? shape;
        inputs.Settings.Require(wanted);
        return F.pad(unpooled, PlacedWindow.TorchPads(new long[shape.Length], [.. wanted.Zip(shape, (size, has) => size - has)]));
    }
}

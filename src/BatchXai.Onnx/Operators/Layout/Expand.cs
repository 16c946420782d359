using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Expand (two-way broadcasting to a shape) and Tile (whole repetitions).</summary>
internal static class Expand
{
    public static Kernel Bind(OperatorContext context) => inputs =>
    {
        var shape = Axes.Broadcast(inputs[0].Shape, inputs.Ints(1));
        inputs.Settings.Require(shape);
        return inputs[0].IsManaged && HostTensor.Count(shape) <= HostTensor.MaxCount
            ? [HostArithmetic.Expand(inputs.Host(0), shape)]
            : [inputs.Tensor(0).expand(shape)];
    };

    public static Kernel Tile(OperatorContext context) => inputs =>
    {
        var repeats = inputs.Ints(1);
        inputs.Settings.Require([.. inputs[0].Shape, .. repeats]);
        return inputs[0].IsManaged && HostTensor.Count(inputs[0].Shape) * HostTensor.Count(repeats) <= HostTensor.MaxCount
            ? [Repeated(inputs.Host(0), repeats)]
            : [inputs.Tensor(0).repeat(repeats)];
    };

    private static HostTensor Repeated(HostTensor x, long[] repeats)
    {
        for (var axis = 0; axis < repeats.Length; axis++)
        {
            var size = x.Dims[axis];
            x = x.Select(axis, [.. Enumerable.Range(0, (int)(size * repeats[axis])).Select(i => i % size)]);
        }

        return x;
    }
}

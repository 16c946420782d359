using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Expand (two-way broadcasting to a shape) and Tile (whole repetitions).</summary>
internal static class Expand
{
    public static Kernel Bind(OperatorContext context) => inputs =>
    {
        var shape = Axes.Broadcast(inputs[0].Shape, inputs.Ints(1));
        return inputs[0].InLane && HostTensor.Count(shape) <= HostTensor.MaxCount
            ? [HostArithmetic.Expand(inputs.Host(0), shape)]
            : [inputs.Tensor(0).expand(shape)];
    };

    public static Kernel Tile(OperatorContext context) => inputs => [inputs.Tensor(0).repeat(inputs.Ints(1))];
}

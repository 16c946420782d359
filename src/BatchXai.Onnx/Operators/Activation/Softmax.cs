namespace BatchXai.Onnx.Operators;

/// <summary>
/// Softmax and LogSoftmax. Before opset 13 the tensor is flattened to 2-D at <c>axis</c> (default 1) and whole rows are
/// normalised; from 13 only that axis is (default −1). Taking one for the other silently changes class probabilities.
/// </summary>
internal static class Softmax
{
    public static Binder Flattened(Func<Tensor, long, Tensor> softmax) => context =>
    {
        var axis = context.Node.Int("axis", 1);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var shape = x.shape;
            var split = axis == shape.Length ? shape.Length : Axes.Normalize(axis, shape.Length);
            using var rows = x.reshape(Execution.HostTensor.Count(shape[..split]), Execution.HostTensor.Count(shape[split..]));
            using var normalized = softmax(rows, 1);
            return [normalized.reshape(shape)];
        };
    };

    public static Binder OneAxis(Func<Tensor, long, Tensor> softmax) => context =>
    {
        var axis = context.Node.Int("axis", -1);
        return inputs => [softmax(inputs.Tensor(0), axis)];
    };
}

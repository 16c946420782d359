namespace BatchXai.Onnx.Operators;

/// <summary>Where scales and zero points apply: to a whole tensor, to each slice along an axis, or to each block of several slices.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Block">Slices a block; 0 for one scale a slice.</param>
internal sealed record ScaleLayout(long Axis, long Block)
{
    /// <summary>A scale or zero point in a shape that broadcasts to a tensor. The caller disposes the result.</summary>
    public Tensor Align(Tensor parameter, Tensor x)
    {
        if (parameter.numel() == 1)
        {
            return parameter.reshape([]);
        }

        var axis = Axes.Normalize(Axis, (int)x.Dimensions);
        if (parameter.Dimensions == 1 && Block == 0)
        {
            var shape = new long[x.Dimensions];
            Array.Fill(shape, 1);
            shape[axis] = parameter.numel();
            return parameter.reshape(shape);
        }

        if (Block <= 0)
        {
            throw new InvalidOperationException($"a scale of rank {parameter.Dimensions} without block_size");
        }

        using var repeated = parameter.repeat_interleave(Block, axis);
        return repeated.narrow(axis, 0, x.shape[axis]);
    }
}

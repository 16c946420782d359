using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Gather: takes positions of an axis; the indices' shape replaces it. Indices known in managed memory are checked
/// here, because an index out of range on a GPU poisons the whole device context.
/// </summary>
internal static class Gather
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        return inputs =>
        {
            var dim = Axes.Normalize(axis, inputs[0].Shape.Length);
            return inputs[1].InLane ? [Known(inputs, dim)] : [Unknown(inputs.Tensor(0), inputs.Tensor(1), dim)];
        };
    }

    private static Value Known(Arguments inputs, int dim)
    {
        var shape = inputs[0].Shape;
        var indices = Array.ConvertAll(inputs.Ints(1), index => Checked(index, shape[dim]));
        long[] result = [.. shape[..dim], .. inputs[1].Shape, .. shape[(dim + 1)..]];
        if (inputs[0].InLane)
        {
            return inputs.Host(0).Select(dim, indices) with { Dims = result };
        }

        if (inputs[1].Shape.Length == 0)
        {
            return inputs.Tensor(0).select(dim, indices[0]);
        }

        using var positions = HostTensor.Vector(indices).ToTorch(inputs.Settings);
        using var taken = inputs.Tensor(0).index_select(dim, positions);
        return taken.reshape(result);
    }

    private static Tensor Unknown(Tensor x, Tensor indices, int dim)
    {
        var shape = x.shape;
        using var flat = indices.reshape(-1);
        using var wide = flat.to(torch.ScalarType.Int64, copy: true);
        using var fromEnd = wide.add(shape[dim]);
        using var negative = wide.lt(0);
        using var positions = torch.where(negative, fromEnd, wide);
        using var taken = x.index_select(dim, positions);
        return taken.reshape([.. shape[..dim], .. indices.shape, .. shape[(dim + 1)..]]);
    }

    private static long Checked(long index, long size)
    {
        var position = index < 0 ? index + size : index;
        return position >= 0 && position < size ? position : throw new InvalidOperationException($"index {index} is outside an axis of size {size}");
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Gather: takes positions of an axis; the indices' shape replaces it.</summary>
internal static class Gather
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        return inputs =>
        {
            var shape = inputs[0].Shape;
            var dim = Axes.Normalize(axis, shape.Length);
            inputs.Settings.Require([.. shape[..dim], .. inputs[1].Shape, .. shape[(dim + 1)..]]);
            return inputs[1].InLane ? [Known(inputs, dim)] : [Unknown(inputs, dim)];
        };
    }

    private static Value Known(Arguments inputs, int dim)
    {
        var shape = inputs[0].Shape;
        var indices = Array.ConvertAll(inputs.Ints(1), index => Indices.Checked(index, shape[dim]));
        long[] result = [.. shape[..dim], .. inputs[1].Shape, .. shape[(dim + 1)..]];
        if (inputs[0].IsManaged)
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

    private static Tensor Unknown(Arguments inputs, int dim)
    {
        var x = inputs.Tensor(0);
        var shape = x.shape;
        using var positions = Indices.Positions(inputs[1], shape[dim], inputs.Settings);
        using var flat = positions.reshape(-1);
        using var taken = x.index_select(dim, flat);
        return taken.reshape([.. shape[..dim], .. positions.shape, .. shape[(dim + 1)..]]);
    }
}

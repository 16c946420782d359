using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// ScatterElements (Scatter up to 10) and ScatterND: a copy of the data with updates at indexed places, which replace,
/// or by <c>reduction</c> join, what is there (add and mul from 16, min and max from 18).
/// </summary>
internal static class Scatter
{
    public static Kernel Elements(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        var reduction = Reduction(context);
        return inputs =>
        {
            var (x, updates) = (inputs.Tensor(0), inputs.Tensor(2));
            var dim = Axes.Normalize(axis, (int)x.Dimensions);
            using var positions = Indices.Positions(inputs[1], x.shape[dim], inputs.Settings);
            return reduction switch
            {
                "none" => [x.scatter(dim, positions, updates)],
                "add" => [x.scatter_add(dim, positions, updates)],
                _ => [JoinElements(x, dim, positions, updates, reduction)],
            };
        };
    }

    public static Kernel Tuples(OperatorContext context)
    {
        var reduction = Reduction(context);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var shape = x.shape;
            var length = IndexTuples.Length(inputs[1], shape.Length);
            using var rows = IndexTuples.Rows(inputs[1], shape[..length], inputs.Settings);
            using var flatRows = rows.reshape(-1);
            using var flat = x.reshape([HostTensor.Count(shape[..length]), HostTensor.Count(shape[length..])]);
            using var updates = inputs.Tensor(2).reshape([flatRows.shape[0], flat.shape[1]]);
            using var result = reduction switch
            {
                "none" => flat.index_copy(0, flatRows, updates),
                "add" => flat.index_add(0, flatRows, updates, Held(1)),
                _ => JoinedRows.Of(flat, flatRows, updates, Joining(reduction)),
            };
            return [result.reshape(shape)];
        };
    }

    private static string Reduction(OperatorContext context)
    {
        var reduction = context.Node.Text("reduction", "none");
        return reduction is "none" or "add" or "mul" or "min" or "max" ? reduction : throw new NotSupportedException($"reduction={reduction}");
    }

    private static Func<Tensor, Tensor, Tensor> Joining(string reduction) => reduction switch
    {
        "mul" => torch.mul,
        "min" => torch.minimum,
        _ => torch.maximum,
    };

    // Every element is a row of one column in the flattened data.
    private static Tensor JoinElements(Tensor x, int dim, Tensor positions, Tensor updates, string reduction)
    {
        using var numbers = Arange(x.numel(), x.device);
        using var numbered = numbers.reshape(x.shape);
        using var corner = Corner(numbered, dim, positions.shape);
        using var rows = corner.gather(dim, positions);
        using var flatRows = rows.reshape(-1);
        using var flat = x.reshape(-1, 1);
        using var flatUpdates = updates.reshape(-1, 1);
        using var joined = JoinedRows.Of(flat, flatRows, flatUpdates, Joining(reduction));
        return joined.reshape(x.shape);
    }

    private static Tensor Corner(Tensor x, int dim, long[] sizes)
    {
        var result = x.alias();
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            if (axis != dim)
            {
                using var previous = result;
                result = previous.narrow(axis, 0, sizes[axis]);
            }
        }

        return result;
    }
}

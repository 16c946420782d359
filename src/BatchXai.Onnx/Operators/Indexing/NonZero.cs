using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>NonZero: the index of every element that is not zero, one column each. Compress: the slices of an axis that a condition chooses.</summary>
internal static class NonZero
{
    public static Kernel Bind(OperatorContext context) => inputs =>
    {
        if (inputs.AllManaged)
        {
            return [Columns(inputs.Host(0))];
        }

        using var rows = inputs.Tensor(0).nonzero();
        return [rows.t()];
    };

    public static Kernel Compress(OperatorContext context)
    {
        var axis = context.Node.OptionalInt("axis");
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = axis is { } given ? Axes.Normalize(given, (int)x.Dimensions) : 0;
            using var data = axis is null ? x.reshape(-1) : x.alias();
            using var chosen = inputs.Tensor(1).nonzero();
            using var positions = chosen.reshape(-1);
            using var safe = Indices.Positions(positions, data.shape[dim]);
            return [data.index_select(dim, safe)];
        };
    }

    private static HostTensor Columns(HostTensor x)
    {
        var numbers = x.Numbers;
        var found = Enumerable.Range(0, numbers.Length).Where(i => numbers[i] != 0).ToArray();
        var rank = x.Dims.Length;
        var data = new long[rank * found.Length];
        for (var axis = 0; axis < rank; axis++)
        {
            var stride = HostTensor.Count(x.Dims[(axis + 1)..]);
            for (var i = 0; i < found.Length; i++)
            {
                data[(axis * found.Length) + i] = found[i] / stride % x.Dims[axis];
            }
        }

        return new HostTensor(OnnxElementType.Int64, [rank, found.Length], data);
    }
}

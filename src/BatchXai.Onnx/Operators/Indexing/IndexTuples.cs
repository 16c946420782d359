using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>The indices of GatherND and ScatterND: tuples along the last axis that address leading axes of the data.</summary>
internal static class IndexTuples
{
    /// <summary>One row number for each tuple, in data whose <paramref name="addressed"/> axes are flattened.</summary>
    public static Tensor Rows(Value indices, long[] addressed, ExecutionSettings settings)
    {
        using var wide = indices.Tensor(settings).to(torch.ScalarType.Int64, copy: true);
        var rows = torch.zeros(wide.shape[..^1], torch.ScalarType.Int64, wide.device);
        for (var i = 0; i < addressed.Length; i++)
        {
            using var column = wide.select(-1, i);
            using var positions = Indices.Positions(column, addressed[i]);
            using var previous = rows;
            using var scaled = previous.mul(Held(addressed[i]));
            rows = scaled.Plus(positions);
        }

        return rows;
    }

    /// <summary>Checks that tuples fit a tensor; their length.</summary>
    public static int Length(Value indices, int axes) => indices.Shape is [.., var length] && length <= axes
        ? (int)length
        : throw new InvalidOperationException($"indices of shape [{string.Join(", ", indices.Shape)}] address more than {axes} axes");
}

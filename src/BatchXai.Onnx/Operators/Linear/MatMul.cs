using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>MatMul with numpy semantics: batches broadcast, and a 1-D operand is a row or a column. Made of mm, linear and bmm, whose errors can be caught.</summary>
internal static class MatMul
{
    public static Kernel Bind(OperatorContext context) => inputs =>
    {
        var (left, right) = (inputs[0].Shape, inputs[1].Shape);
        if (left.Length > 1 && right.Length > 1)
        {
            inputs.Settings.Require([.. Axes.Broadcast(left[..^2], right[..^2]), left[^2], right[^1]]);
        }

        return [Multiply(inputs.Tensor(0), inputs.Tensor(1))];
    };

    public static Tensor Multiply(Tensor a, Tensor b)
    {
        if (a.Dimensions == 1 || b.Dimensions == 1)
        {
            return WithVector(a, b);
        }

        if (b.Dimensions == 2 && (a.Dimensions == 2 || a.is_floating_point()))
        {
            using var weight = b.t();
            return a.Dimensions == 2 ? a.mm(b) : F.linear(a, weight);
        }

        var (left, right) = (a.shape, b.shape);
        var batch = Axes.Broadcast(left[..^2], right[..^2]);
        using var batchedA = Batched(a, batch);
        using var batchedB = Batched(b, batch);
        using var product = batchedA.bmm(batchedB);
        return product.reshape([.. batch, left[^2], right[^1]]);
    }

    private static Tensor Batched(Tensor x, long[] batch)
    {
        var shape = x.shape;
        using var expanded = x.expand([.. batch, shape[^2], shape[^1]]);
        return expanded.reshape(HostTensor.Count(batch), shape[^2], shape[^1]);
    }

    private static Tensor WithVector(Tensor a, Tensor b)
    {
        using var row = a.Dimensions == 1 ? a.unsqueeze(0) : a.alias();
        using var column = b.Dimensions == 1 ? b.unsqueeze(1) : b.alias();
        using var product = Multiply(row, column);
        using var withoutColumn = b.Dimensions == 1 ? product.squeeze(-1) : product.alias();
        return a.Dimensions == 1 ? withoutColumn.squeeze(b.Dimensions == 1 ? -1 : -2) : withoutColumn.alias();
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>GatherND: takes the slices that index tuples address; the first <c>batch_dims</c> axes (from 12) pair data and indices.</summary>
internal static class GatherND
{
    public static Kernel Bind(OperatorContext context)
    {
        var batchAxes = (int)context.Node.Int("batch_dims", 0);
        return inputs => [Run(inputs.Tensor(0), inputs[1], batchAxes, inputs.Settings)];
    }

    private static Tensor Run(Tensor x, Value indices, int batchAxes, ExecutionSettings settings)
    {
        var shape = x.shape;
        var length = IndexTuples.Length(indices, shape.Length - batchAxes);
        var (batch, addressed, slice) = (shape[..batchAxes], shape[batchAxes..(batchAxes + length)], shape[(batchAxes + length)..]);
        settings.Require([.. indices.Shape[..^1], .. slice]);
        using var inBatch = IndexTuples.Rows(indices, addressed, settings);

        // Batches lie one after another.
        var (batches, rowsEach) = (HostTensor.Count(batch), HostTensor.Count(addressed));
        using var starts = torch.arange(Held(0), Held(batches * Math.Max(1, rowsEach)), Held(Math.Max(1, rowsEach)), torch.ScalarType.Int64, x.device);
        using var startOfEach = starts.reshape([.. batch, .. Enumerable.Repeat(1L, (int)inBatch.Dimensions - batchAxes)]);
        using var rows = inBatch.Plus(startOfEach);
        using var flatRows = rows.reshape(-1);
        using var flat = x.reshape([batches * rowsEach, .. slice]);
        using var taken = flat.index_select(0, flatRows);
        return taken.reshape([.. rows.shape, .. slice]);
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>ReverseSequence: turns round the first elements of each sequence, as many as its length says.</summary>
internal static class ReverseSequence
{
    public static Kernel Bind(OperatorContext context)
    {
        var (batchAxis, timeAxis) = (context.Node.Int("batch_axis", 1), context.Node.Int("time_axis", 0));
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var rank = (int)x.Dimensions;
            var (batch, time) = (Axes.Normalize(batchAxis, rank), Axes.Normalize(timeAxis, rank));
            using var lengths = inputs.Tensor(1).to(torch.ScalarType.Int64, copy: true);
            using var lengthOfEach = lengths.reshape(Along(batch, rank, x.shape[batch]));
            using var steps = Arange(x.shape[time], x.device);
            using var times = steps.reshape(Along(time, rank, x.shape[time]));
            using var within = times.lt(lengthOfEach);
            using var last = lengthOfEach.sub(Held(1));
            using var mirrored = last.sub(times);
            using var chosen = torch.where(within, mirrored, times);
            using var positions = Indices.Positions(chosen, x.shape[time]);
            using var expanded = positions.expand(x.shape);
            return [x.gather(time, expanded)];
        };
    }

    private static long[] Along(int axis, int rank, long size)
    {
        var shape = new long[rank];
        Array.Fill(shape, 1);
        shape[axis] = size;
        return shape;
    }
}

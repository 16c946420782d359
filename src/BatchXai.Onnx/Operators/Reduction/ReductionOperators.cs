namespace BatchXai.Onnx.Operators;

/// <summary>Reductions over axes.</summary>
internal static class ReductionOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("ReduceMean", 1, Reduce.AxesAttribute(Reductions.Mean)),
        new("ReduceMean", 18, Reduce.AxesInput(Reductions.Mean)),
        new("ReduceSum", 1, Reduce.AxesAttribute(Reductions.Sum, (a, b) => a + b)),
        new("ReduceSum", 13, Reduce.AxesInput(Reductions.Sum, (a, b) => a + b)),
        new("ReduceMax", 1, Reduce.AxesAttribute(Reductions.Max, Math.Max)),
        new("ReduceMax", 18, Reduce.AxesInput(Reductions.Max, Math.Max)),
        new("ReduceMin", 1, Reduce.AxesAttribute(Reductions.Min, Math.Min)),
        new("ReduceMin", 18, Reduce.AxesInput(Reductions.Min, Math.Min)),
        new("ReduceProd", 1, Reduce.AxesAttribute(Reductions.Product, (a, b) => a * b)),
        new("ReduceProd", 18, Reduce.AxesInput(Reductions.Product, (a, b) => a * b)),
        new("ReduceL1", 1, Reduce.AxesAttribute(Reductions.L1)),
        new("ReduceL1", 18, Reduce.AxesInput(Reductions.L1)),
        new("ReduceL2", 1, Reduce.AxesAttribute(Reductions.L2)),
        new("ReduceL2", 18, Reduce.AxesInput(Reductions.L2)),
        new("ReduceSumSquare", 1, Reduce.AxesAttribute(Reductions.SumSquare)),
        new("ReduceSumSquare", 18, Reduce.AxesInput(Reductions.SumSquare)),
        new("ReduceLogSum", 1, Reduce.AxesAttribute(Reductions.LogSum)),
        new("ReduceLogSum", 18, Reduce.AxesInput(Reductions.LogSum)),
        new("ReduceLogSumExp", 1, Reduce.AxesAttribute(Reductions.LogSumExp)),
        new("ReduceLogSumExp", 18, Reduce.AxesInput(Reductions.LogSumExp)),
        new("ArgMax", 1, ArgExtreme.Of((x, axis) => x.argmax(axis, keepdim: true)), Gradient.None),
        new("ArgMin", 1, ArgExtreme.Of((x, axis) => x.argmin(axis, keepdim: true)), Gradient.None),
    ];
}

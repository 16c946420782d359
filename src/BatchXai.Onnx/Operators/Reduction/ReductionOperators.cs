namespace BatchXai.Onnx.Operators;

/// <summary>Reductions over axes.</summary>
internal static class ReductionOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("ReduceMean", 1, Reduce.AxesAttribute(Reduce.Mean)),
        new("ReduceMean", 18, Reduce.AxesInput(Reduce.Mean)),
        new("ReduceSum", 1, Reduce.AxesAttribute(Reduce.Sum)),
        new("ReduceSum", 13, Reduce.AxesInput(Reduce.Sum)),
        new("ReduceMax", 1, Reduce.AxesAttribute(Reduce.Max)),
        new("ReduceMax", 18, Reduce.AxesInput(Reduce.Max)),
        new("ReduceMin", 1, Reduce.AxesAttribute(Reduce.Min)),
        new("ReduceMin", 18, Reduce.AxesInput(Reduce.Min)),
        new("ReduceProd", 1, Reduce.AxesAttribute(Reduce.Product)),
        new("ReduceProd", 18, Reduce.AxesInput(Reduce.Product)),
        new("ReduceL1", 1, Reduce.AxesAttribute(Reduce.L1)),
        new("ReduceL1", 18, Reduce.AxesInput(Reduce.L1)),
        new("ReduceL2", 1, Reduce.AxesAttribute(Reduce.L2)),
        new("ReduceL2", 18, Reduce.AxesInput(Reduce.L2)),
        new("ReduceSumSquare", 1, Reduce.AxesAttribute(Reduce.SumSquare)),
        new("ReduceSumSquare", 18, Reduce.AxesInput(Reduce.SumSquare)),
        new("ReduceLogSum", 1, Reduce.AxesAttribute(Reduce.LogSum)),
        new("ReduceLogSum", 18, Reduce.AxesInput(Reduce.LogSum)),
        new("ReduceLogSumExp", 1, Reduce.AxesAttribute(Reduce.LogSumExp)),
        new("ReduceLogSumExp", 18, Reduce.AxesInput(Reduce.LogSumExp)),
        new("ArgMax", 1, ArgExtreme.Of((x, axis) => x.argmax(axis, keepdim: true)), Gradient.None),
        new("ArgMin", 1, ArgExtreme.Of((x, axis) => x.argmin(axis, keepdim: true)), Gradient.None),
    ];
}

namespace BatchXai.Onnx.Operators;

/// <summary>Every operator that can run, with the opset from which each variant of its meaning holds.</summary>
internal static class OperatorTable
{
    public const long MinOpset = 7;
    public const long MaxOpset = 25;

    private static readonly Dictionary<(string Domain, string Op), Variant[]> Variants = Standard()
        .GroupBy(variant => (Domain: "", variant.Op))
        .ToDictionary(group => group.Key, group => group.OrderByDescending(variant => variant.Since).ToArray());

    private sealed record Variant(string Op, long Since, Binder Bind);

    /// <summary>The variant of an operator that holds in an opset; null when there is none.</summary>
    public static Binder? Find(string domain, string op, long opset)
        => domain.Length == 0 && opset is < MinOpset or > MaxOpset ? null
            : Variants.GetValueOrDefault((domain, op))?.FirstOrDefault(variant => variant.Since <= opset)?.Bind;

    private static IEnumerable<Variant> Standard() =>
    [
        // Convolution, pooling, linear algebra
        new("Conv", 1, Convolution.Bind),
        new("MaxPool", 1, MaxPool.Bind),
        new("AveragePool", 7, AveragePool.Bind),
        new("GlobalAveragePool", 1, GlobalPool.Average),
        new("GlobalMaxPool", 1, GlobalPool.Max),
        new("Gemm", 7, Gemm.Bind),
        new("MatMul", 1, MatMul.Bind),
        new("Einsum", 12, Einsum.Bind),

        // Normalization
        new("BatchNormalization", 7, BatchNormalization.Bind),
        new("InstanceNormalization", 6, InstanceNormalization.Bind),
        new("LayerNormalization", 17, LayerNormalization.Bind),
        new("LRN", 1, LocalResponseNormalization.Bind),
        new("Dropout", 7, Dropout.Bind),

        // Activation
        new("Relu", 6, Unary.Of(x => x.relu(), x => Math.Max(0, x))),
        new("LeakyRelu", 6, Activations.LeakyRelu),
        new("PRelu", 7, Activations.PRelu),
        new("Elu", 6, Activations.Elu),
        new("Selu", 6, Activations.Selu),
        new("Gelu", 20, Activations.Gelu),
        new("Sigmoid", 6, Unary.Of(x => x.sigmoid())),
        new("HardSigmoid", 6, Activations.HardSigmoid),
        new("HardSwish", 14, Unary.Of(x => F.hardswish(x))),
        new("Tanh", 6, Unary.Of(x => x.tanh())),
        new("Softplus", 1, Unary.Of(x => F.softplus(x))),
        new("Softsign", 1, Unary.Of(x => F.softsign(x))),
        new("Clip", 6, Clip.Attributes),
        new("Clip", 11, Clip.Inputs),
        new("Softmax", 1, Softmax.Flattened((x, axis) => x.softmax(axis))),
        new("Softmax", 13, Softmax.OneAxis((x, axis) => x.softmax(axis))),
        new("LogSoftmax", 1, Softmax.Flattened((x, axis) => x.log_softmax(axis))),
        new("LogSoftmax", 13, Softmax.OneAxis((x, axis) => x.log_softmax(axis))),

        // Arithmetic, comparison, logic
        new("Add", 7, Binary.Arithmetic(torch.add, (a, b) => a + b)),
        new("Sub", 7, Binary.Arithmetic(torch.sub, (a, b) => a - b)),
        new("Mul", 7, Binary.Arithmetic(torch.mul, (a, b) => a * b)),
        new("Div", 7, Binary.Arithmetic(Binary.Divide, (a, b) => b == 0 ? throw new DivideByZeroException() : a / b)),
        new("Pow", 7, _ => inputs => [Binary.Power(inputs.Tensor(0), inputs.Tensor(1))]),
        new("Mod", 10, Binary.Modulo),
        new("Sum", 6, Variadic.Fold(torch.add, (a, b) => a + b)),
        new("Max", 6, Variadic.Fold(torch.maximum, Math.Max)),
        new("Min", 6, Variadic.Fold(torch.minimum, Math.Min)),
        new("Mean", 6, Variadic.Mean),
        new("Sqrt", 6, Unary.Of(x => x.sqrt())),
        new("Exp", 6, Unary.Of(x => x.exp())),
        new("Log", 6, Unary.Of(x => x.log())),
        new("Erf", 9, Unary.Of(x => x.erf())),
        new("Reciprocal", 6, Unary.Of(x => x.reciprocal())),
        new("Neg", 6, Unary.Of(x => x.neg(), x => -x)),
        new("Abs", 6, Unary.Of(x => x.abs(), Math.Abs)),
        new("Sign", 9, Unary.Of(x => x.sign(), x => Math.Sign(x))),
        new("Floor", 6, Unary.Of(x => x.floor())),
        new("Ceil", 6, Unary.Of(x => x.ceil())),
        new("Round", 11, Unary.Of(x => x.round())),
        new("Sin", 7, Unary.Of(x => x.sin())),
        new("Cos", 7, Unary.Of(x => x.cos())),
        new("Equal", 7, Binary.Logical(torch.eq, (a, b) => a == b)),
        new("Greater", 7, Binary.Logical(torch.gt, (a, b) => a > b)),
        new("Less", 7, Binary.Logical(torch.lt, (a, b) => a < b)),
        new("GreaterOrEqual", 12, Binary.Logical(torch.ge, (a, b) => a >= b)),
        new("LessOrEqual", 12, Binary.Logical(torch.le, (a, b) => a <= b)),
        new("And", 7, Binary.Logical((a, b) => a.logical_and(b), (a, b) => a != 0 && b != 0)),
        new("Or", 7, Binary.Logical((a, b) => a.logical_or(b), (a, b) => a != 0 || b != 0)),
        new("Xor", 7, Binary.Logical((a, b) => a.logical_xor(b), (a, b) => a != 0 ^ b != 0)),
        new("Not", 1, Unary.Of(x => x.logical_not(), x => x == 0 ? 1 : 0)),
        new("Where", 9, Binary.Where),
        new("Cast", 6, Cast.To),
        new("CastLike", 15, Cast.Like),

        // Reduction
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
        new("ArgMax", 1, ArgExtreme.Of((x, axis) => x.argmax(axis, keepdim: true))),
        new("ArgMin", 1, ArgExtreme.Of((x, axis) => x.argmin(axis, keepdim: true))),

        // Layout, shapes, constants
        new("Reshape", 5, Reshape.Bind),
        new("Flatten", 1, Reshape.Flatten),
        new("Squeeze", 1, Reshape.Squeeze),
        new("Unsqueeze", 1, Reshape.Unsqueeze),
        new("Transpose", 1, Transpose.Bind),
        new("Concat", 4, Concat.Bind),
        new("Split", 2, Split.Bind),
        new("Slice", 1, Slice.Attributes),
        new("Slice", 10, Slice.Inputs),
        new("Gather", 1, Gather.Bind),
        new("Expand", 8, Expand.Bind),
        new("Tile", 6, Expand.Tile),
        new("Pad", 2, Pad.Attributes),
        new("Pad", 11, Pad.Inputs),
        new("Shape", 1, Constants.Shape),
        new("Size", 1, Constants.Size),
        new("Range", 11, Constants.Range),
        new("Constant", 1, Constants.Constant),
        new("ConstantOfShape", 9, Constants.OfShape),
        new("Identity", 1, _ => inputs => [Unary.Same(inputs)]),
    ];
}

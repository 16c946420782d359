namespace BatchXai.Onnx.Operators;

/// <summary>IsInf.</summary>
internal static class Infinity
{
    /// <summary>IsInf, of either sign or of one.</summary>
    public static Kernel Bind(OperatorContext context)
    {
        var positive = context.Node.Int("detect_positive", 1) != 0;
        var negative = context.Node.Int("detect_negative", 1) != 0;
        return inputs => [Infinite(inputs.Tensor(0), positive, negative)];
    }

    private static Tensor Infinite(Tensor x, bool positive, bool negative) => (positive, negative) switch
    {
        (true, true) => x.isinf(),
        (true, false) => x.isposinf(),
        (false, true) => x.isneginf(),
        _ => torch.zeros_like(x, torch.ScalarType.Bool),
    };
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Elementwise operators of one input without attributes.</summary>
internal static class Unary
{
    public static Binder Of(Func<Tensor, Tensor> torchOp) => _ => inputs => [torchOp(inputs.Tensor(0))];

    /// <summary>Also defined for shapes in managed memory.</summary>
    public static Binder Of(Func<Tensor, Tensor> torchOp, Func<long, long> hostOp) => _ => inputs =>
        inputs.AllInLane ? [HostArithmetic.Map(inputs.Host(0), hostOp)] : [torchOp(inputs.Tensor(0))];

    /// <summary>Passes the first input on: Identity; and Dropout, which does nothing at inference.</summary>
    public static Value Same(Arguments inputs) => inputs[0].Share();
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Elementwise operators of one input without attributes.</summary>
internal static class Unary
{
    public static Binder Of(Func<Tensor, Tensor> torchOp) => _ => inputs => [torchOp(inputs.Tensor(0))];

    /// <summary>Also defined for integers in managed memory.</summary>
    public static Binder Of(Func<Tensor, Tensor> torchOp, Func<long, long> integers) => _ => inputs =>
        inputs.AllInLane ? [HostArithmetic.Map(inputs.Host(0), integers)] : [torchOp(inputs.Tensor(0))];

    /// <summary>Also defined for integers and numbers in managed memory.</summary>
    public static Binder Of(Func<Tensor, Tensor> torchOp, Func<long, long> integers, Func<double, double> numbers) => _ => inputs =>
        inputs.AllInLane ? [HostArithmetic.Map(inputs.Host(0), integers)]
            : inputs.AllManaged ? [HostArithmetic.MapNumbers(inputs.Host(0), numbers)]
            : [torchOp(inputs.Tensor(0))];

    /// <summary>Defined for floating-point types only.</summary>
    public static Binder OfNumbers(Func<Tensor, Tensor> torchOp, Func<double, double> numbers) => Of(torchOp, integer => integer, numbers);

    /// <summary>Not; true where the input is false.</summary>
    public static Kernel Not(OperatorContext context) => inputs =>
        inputs.AllInLane ? [HostArithmetic.Map(inputs.Host(0), x => x == 0 ? 1 : 0)] : [inputs.Tensor(0).logical_not()];

    /// <summary>Passes the first input on: Identity; and Dropout, which does nothing at inference.</summary>
    public static Value Same(Arguments inputs) => inputs[0].Share();
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Elementwise operators of two inputs with numpy broadcasting (opset 7 and later): arithmetic, comparison, logic.</summary>
internal static class Binary
{
    /// <summary>The result has the inputs' type.</summary>
    public static Binder Arithmetic(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, long> integers, Func<double, double, double> numbers) => context =>
    {
        var type = context.TypeOf(0);
        return inputs => inputs.Broadcast().AllManaged
            ? [HostArithmetic.Combine(inputs.Host(0), inputs.Host(1), integers, numbers)]
            : [Wrapping.Narrow(torchOp(inputs.Tensor(0), inputs.Tensor(1)), type)];
    };

    /// <summary>Compares two numbers; the result is boolean.</summary>
    public static Binder Comparison(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, bool> integers, Func<double, double, bool> numbers) => _ => inputs =>
        inputs.Broadcast().AllManaged
            ? [HostArithmetic.Compare(inputs.Host(0), inputs.Host(1), integers, numbers)]
            : [torchOp(inputs.Tensor(0), inputs.Tensor(1))];

    /// <summary>Combines two truth values.</summary>
    public static Binder Logical(Func<Tensor, Tensor, Tensor> torchOp, Func<bool, bool, bool> hostOp)
        => Comparison(torchOp, (a, b) => hostOp(a != 0, b != 0), (a, b) => hostOp(a != 0, b != 0));

    /// <summary>Integer division truncates towards zero, as in C.</summary>
    public static Tensor Divide(Tensor a, Tensor b)
        => a.is_floating_point() ? a.div(b) : a.div(b, torch.RoundingMode.trunc);

    /// <summary>Mod: the sign of the divisor, or with <c>fmod=1</c> the sign of the dividend.</summary>
    public static Kernel Modulo(OperatorContext context) => context.Node.Int("fmod", 0) == 1
        ? Arithmetic((a, b) => a.fmod(b), (a, b) => a % b, (a, b) => a % b)(context)
        : Arithmetic((a, b) => a.remainder(b), (a, b) => ((a % b) + b) % b, (a, b) => a - (b * Math.Floor(a / b)))(context);

    /// <summary>Where: chooses elementwise between two tensors; all three broadcast.</summary>
    public static Kernel Where(OperatorContext context) => inputs =>
        inputs.Broadcast().AllManaged
            ? [HostArithmetic.Where(inputs.Host(0), inputs.Host(1), inputs.Host(2))]
            : [torch.where(inputs.Tensor(0), inputs.Tensor(1), inputs.Tensor(2))];
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Elementwise operators of two inputs with numpy broadcasting (opset 7 and later): arithmetic, comparison, logic.</summary>
internal static class Binary
{
    /// <summary>The result has the inputs' type.</summary>
    public static Binder Arithmetic(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, long> hostOp) => _ => inputs =>
        inputs.AllInLane
            ? [HostArithmetic.Combine(inputs.Host(0), inputs.Host(1), inputs.Host(0).Type, hostOp)]
            : [torchOp(inputs.Tensor(0), inputs.Tensor(1))];

    /// <summary>The result is boolean.</summary>
    public static Binder Logical(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, bool> hostOp) => _ => inputs =>
        inputs.AllInLane
            ? [HostArithmetic.Combine(inputs.Host(0), inputs.Host(1), OnnxElementType.Bool, (a, b) => hostOp(a, b) ? 1 : 0)]
            : [torchOp(inputs.Tensor(0), inputs.Tensor(1))];

    /// <summary>Integer division truncates towards zero, as in C.</summary>
    public static Tensor Divide(Tensor a, Tensor b)
        => a.is_floating_point() ? a.div(b) : a.div(b, torch.RoundingMode.trunc);

    /// <summary>The result has the base's type whatever the exponent's.</summary>
    public static Tensor Power(Tensor x, Tensor exponent)
    {
        if (x.is_floating_point() || !exponent.is_floating_point())
        {
            var power = x.pow(exponent);
            return power.dtype == x.dtype ? power : Converted(power, x.dtype);
        }

        using var wide = x.to(torch.ScalarType.Float64);
        return Converted(wide.pow(exponent), x.dtype);
    }

    /// <summary>Mod: the sign of the divisor, or with <c>fmod=1</c> the sign of the dividend.</summary>
    public static Kernel Modulo(OperatorContext context) => context.Node.Int("fmod", 0) == 1
        ? Arithmetic((a, b) => a.fmod(b), (a, b) => a % b)(context)
        : Arithmetic((a, b) => a.remainder(b), (a, b) => ((a % b) + b) % b)(context);

    /// <summary>Where: chooses elementwise between two tensors; all three broadcast.</summary>
    public static Kernel Where(OperatorContext context) => inputs =>
        inputs.AllInLane
            ? [HostArithmetic.Where(inputs.Host(0), inputs.Host(1), inputs.Host(2))]
            : [torch.where(inputs.Tensor(0), inputs.Tensor(1), inputs.Tensor(2))];

    private static Tensor Converted(Tensor wide, torch.ScalarType type)
    {
        using (wide)
        {
            return wide.to(type, copy: true);
        }
    }
}

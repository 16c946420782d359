using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Pow. The result has the base's type whatever the exponent's (from 12 they may differ).</summary>
internal static class Power
{
    public static Kernel Bind(OperatorContext context)
    {
        var type = context.TypeOf(0);
        return inputs => inputs.AllManaged && (inputs[1].InLane || !inputs[0].InLane)
            ? [HostArithmetic.Combine(inputs.Host(0), inputs.Host(1), OfIntegers, Math.Pow)]
            : [Wrapping.Narrow(Of(inputs.Tensor(0), inputs.Tensor(1)), type)];
    }

    // By squaring; wraps like every integer product.
    private static long OfIntegers(long x, long exponent)
    {
        if (exponent < 0)
        {
            throw new InvalidOperationException($"an integer to the power {exponent}");
        }

        var result = 1L;
        for (var square = x; exponent > 0; exponent >>= 1, square = unchecked(square * square))
        {
            result = (exponent & 1) == 1 ? unchecked(result * square) : result;
        }

        return result;
    }

    private static Tensor Of(Tensor x, Tensor exponent)
    {
        if (x.is_floating_point() || !exponent.is_floating_point())
        {
            var power = x.pow(exponent);
            return power.dtype == x.dtype ? power : Converted(power, x.dtype);
        }

        using var wide = x.to(torch.ScalarType.Float64);
        return Converted(wide.pow(exponent), x.dtype);
    }

    private static Tensor Converted(Tensor wide, torch.ScalarType type)
    {
        using (wide)
        {
            return wide.to(type, copy: true);
        }
    }
}

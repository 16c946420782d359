namespace BatchXai.Onnx.Operators;

/// <summary>Operators on the bits of integers: BitShift, BitwiseAnd, BitwiseOr, BitwiseXor, BitwiseNot.</summary>
internal static class Bits
{
    public static Binder Of(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, long> integers)
        => Binary.Arithmetic(torchOp, integers, (_, _) => throw new InvalidOperationException("bits of numbers"));

    public static Kernel Not(OperatorContext context)
    {
        var type = context.TypeOf(0);
        return inputs => [Wrapping.Narrow(inputs.Tensor(0).bitwise_not(), type)];
    }

    /// <summary>BitShift of unsigned integers; the places that become free are zeros.</summary>
    public static Kernel Shift(OperatorContext context)
    {
        var type = context.TypeOf(0);
        return context.Node.Text("direction", "") switch
        {
            "LEFT" => inputs => [Wrapping.Narrow(inputs.Tensor(0).bitwise_left_shift(inputs.Tensor(1)), type)],
            "RIGHT" => inputs => [Right(inputs.Tensor(0), inputs.Tensor(1))],
            var direction => throw new NotSupportedException($"direction={direction}"),
        };
    }

    // The carrier of 64-bit unsigned integers is signed, and its shift copies the sign: what came from it is cut off.
    private static Tensor Right(Tensor x, Tensor places)
    {
        var shifted = x.bitwise_right_shift(places);
        if (x.dtype != torch.ScalarType.Int64)
        {
            return shifted;
        }

        using var copied = shifted;
        using var one = torch.tensor(1L, device: x.device);
        using var free = places.neg();
        using var kept = free.Plus(Held(63));
        using var half = one.bitwise_left_shift(kept);
        using var below = half.sub(Held(1));
        using var mask = below.bitwise_or(half);
        using var all = torch.tensor(-1L, device: x.device);
        using var none = places.eq(Held(0));
        using var right = torch.where(none, all, mask);
        return copied.bitwise_and(right);
    }
}

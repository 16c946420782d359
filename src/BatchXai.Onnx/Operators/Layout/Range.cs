using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Range: start, start + delta, … before limit: ⌈(limit − start) / delta⌉ elements, counted in the inputs' precision.</summary>
internal static class Range
{
    public static Kernel Bind(OperatorContext context)
    {
        var single = context.TypeOf(0) == OnnxElementType.Float;
        return inputs => inputs.AllInLane ? [Integers(inputs)] : [Numbers(inputs, single)];
    }

    private static Value Integers(Arguments inputs)
    {
        var (start, limit, delta) = (inputs.Ints(0)[0], inputs.Ints(1)[0], NotZero(inputs.Ints(2)[0]));
        var distance = Math.Max(0, delta > 0 ? checked(limit - start) : checked(start - limit));
        var count = (distance / Math.Abs(delta)) + (distance % Math.Abs(delta) == 0 ? 0 : 1);
        inputs.Settings.Require(count);
        if (count > HostTensor.MaxCount)
        {
            return torch.arange(Held(start), Held(limit), Held(delta), inputs.Settings.TypeOf(inputs.Host(0).Type), inputs.Settings.Device);
        }

        var data = new long[count];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = start + (i * delta);
        }

        return new HostTensor(inputs.Host(0).Type, [count], data);
    }

    private static Tensor Numbers(Arguments inputs, bool single)
    {
        var (start, limit, delta) = (inputs.Scalar(0), inputs.Scalar(1), NotZero(inputs.Scalar(2)));
        var steps = single ? (float)(limit - start) / (float)delta : (limit - start) / delta;
        var count = double.IsFinite(steps) ? (long)Math.Max(0, Math.Ceiling(steps)) : throw new InvalidOperationException($"a range of {steps} elements");
        inputs.Settings.Require(count);
        using var counted = torch.arange(Held(0), Held(count), Held(1), torch.ScalarType.Float64, inputs.Settings.Device);
        using var scaled = counted.mul(Held(delta));
        using var shifted = scaled.Plus(Held(start));
        return shifted.to(inputs.Tensor(0).dtype, copy: true);
    }

    private static T NotZero<T>(T delta)
        where T : System.Numerics.INumber<T>
        => T.IsZero(delta) ? throw new InvalidOperationException("a step of 0") : delta;
}

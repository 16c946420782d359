using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Clip: limits elements to [min, max]; attributes up to opset 10, optional inputs from 11. With min > max the result is max.</summary>
internal static class Clip
{
    public static Kernel Attributes(OperatorContext context)
    {
        var min = Limit(context.Node.Float("min", float.MinValue));
        var max = Limit(context.Node.Float("max", float.MaxValue));
        return inputs => [Between(inputs.Tensor(0), min, max)];
    }

    public static Kernel Inputs(OperatorContext context) => inputs =>
    {
        if (inputs.AllInLane)
        {
            return [OfShape(inputs)];
        }

        return IsFixed(inputs, 1) && IsFixed(inputs, 2)
            ? [Between(inputs.Tensor(0), Constant(inputs, 1), Constant(inputs, 2))]
            : [Between(inputs.Tensor(0), inputs.OptionalTensor(1), inputs.OptionalTensor(2))];
    };

    private static HostTensor OfShape(Arguments inputs)
    {
        var (low, high) = (inputs.OptionalInts(1)?[0] ?? long.MinValue, inputs.OptionalInts(2)?[0] ?? long.MaxValue);
        return HostArithmetic.Map(inputs.Host(0), x => Math.Min(Math.Max(x, low), high));
    }

    private static double? Constant(Arguments inputs, int index) => inputs.Has(index) ? Limit(inputs.Scalar(index)) : null;

    private static bool IsFixed(Arguments inputs, int index) => !inputs.Has(index) || inputs[index].IsConstant;

    private static double? Limit(double value) => Math.Abs(value) >= float.MaxValue ? null : value;

    private static Tensor Between(Tensor x, double? min, double? max)
    {
        if (min is null && max is null)
        {
            return x;
        }

        if (min == 0 && max is null)
        {
            return F.relu(x);
        }

        return x.is_floating_point()
            ? x.clamp(min is { } low ? Held(low) : null, max is { } high ? Held(high) : null)
            : x.clamp(min is { } least ? Held((long)least) : null, max is { } most ? Held((long)most) : null);
    }

    private static Tensor Between(Tensor x, Tensor? min, Tensor? max)
    {
        if (min is null)
        {
            return max is null ? x : torch.minimum(x, max);
        }

        if (max is null)
        {
            return torch.maximum(x, min);
        }

        using var raised = torch.maximum(x, min);
        return torch.minimum(raised, max);
    }
}

using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Operators;

/// <summary>Cast (to the type of an attribute) and CastLike (to the type of another tensor). Floating point to integer truncates.</summary>
internal static class Cast
{
    public static Kernel To(OperatorContext context) => Bind((OnnxElementType)context.Node.Int("to", (long)OnnxElementType.Undefined), context);

    public static Kernel Like(OperatorContext context)
    {
        var target = context.TypeOf(1);
        return target == OnnxElementType.Undefined
            ? inputs => inputs[1].IsManaged ? Run(inputs, inputs.Host(1).Type) : [inputs.Tensor(0).to(inputs.Tensor(1).dtype)]
            : Bind(target, context);
    }

    private static Kernel Bind(OnnxElementType target, OperatorContext context)
    {
        if (target.Bits() is < 2 or > 64 || target is OnnxElementType.Complex64)
        {
            throw new NotSupportedException($"conversion to {target}");
        }

        if (SmallFloat.Of(target, context.Node) is { } small)
        {
            return inputs => [small.Round(inputs.Tensor(0), inputs.Settings.TypeOf(target))];
        }

        return inputs => Run(inputs, target);
    }

    private static Value[] Run(Arguments inputs, OnnxElementType target)
        => inputs[0].IsManaged && (target.IsInteger() || (HostTensor.IsNumber(target) && HostTensor.Count(inputs[0].Shape) <= HostTensor.MaxNumbers))
            ? [Host(inputs.Host(0), target)]
            : [Torch(inputs.Tensor(0), target, inputs.Settings)];

    private static HostTensor Host(HostTensor x, OnnxElementType target)
        => HostTensor.IsNumber(target) ? HostTensor.OfNumbers(target, x.Dims, x.Numbers)
            : new HostTensor(target, x.Dims, x.IsInteger
                ? Array.ConvertAll(x.Data, value => Wrapping.Narrow(value, target))
                : Array.ConvertAll(x.Numbers, value => Truncated(value, target)));

    private static long Truncated(double value, OnnxElementType target)
        => target == OnnxElementType.Bool ? (value != 0 ? 1 : 0) : Wrapping.Narrow((long)value, target);

    private static Tensor Torch(Tensor x, OnnxElementType target, ExecutionSettings settings)
    {
        var carrier = settings.TypeOf(target);
        if (!Wrapping.IsNarrowerThanItsCarrier(target) || x.dtype == torch.ScalarType.Bool)
        {
            return x.to(carrier);
        }

        using var integers = x.to(torch.ScalarType.Int64);
        using var wrapped = Wrapping.Narrow(integers.alias(), target);
        return wrapped.to(carrier, copy: true);
    }
}

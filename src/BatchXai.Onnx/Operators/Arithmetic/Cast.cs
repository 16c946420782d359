using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Operators;

/// <summary>Cast (to the type of an attribute) and CastLike (to the type of another tensor). Floating point to integer truncates.</summary>
internal static class Cast
{
    public static Kernel To(OperatorContext context)
    {
        var target = (OnnxElementType)context.Node.Int("to", (long)OnnxElementType.Float);
        if (target.Bits() is < 8 or > 64)
        {
            throw new NotSupportedException($"conversion to {target}");
        }

        return inputs => inputs.AllInLane && target.IsInteger()
            ? [Host(inputs.Host(0), target)]
            : [inputs.Tensor(0).to(inputs.Settings.TypeOf(target))];
    }

    public static Kernel Like(OperatorContext context) => inputs =>
        inputs.AllInLane
            ? [Host(inputs.Host(0), inputs.Host(1).Type)]
            : [inputs.Tensor(0).to(inputs.Tensor(1).dtype)];

    private static HostTensor Host(HostTensor x, OnnxElementType target) => HostArithmetic.Map(x, value => Narrow(value, target)) with { Type = target };

    private static long Narrow(long value, OnnxElementType target) => target switch
    {
        OnnxElementType.Bool => value != 0 ? 1 : 0,
        OnnxElementType.UInt8 => unchecked((byte)value),
        OnnxElementType.Int8 => unchecked((sbyte)value),
        OnnxElementType.UInt16 => unchecked((ushort)value),
        OnnxElementType.Int16 => unchecked((short)value),
        OnnxElementType.UInt32 => unchecked((uint)value),
        OnnxElementType.Int32 => unchecked((int)value),
        _ => value,
    };
}

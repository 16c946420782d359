using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear. Scales apply to the whole tensor, from opset 13 to slices of an axis and from 21 to blocks.
/// </summary>
internal static class QuantizeLinear
{
    /// <summary>The result's type is <c>output_dtype</c> (from 21), else the zero point's, else uint8. <c>precision</c> (from 23) is the type of the division.</summary>
    public static Kernel Quantize(OperatorContext context)
    {
        var node = context.Node;
        var layout = Layout(node);
        var (declared, precision) = ((OnnxElementType)node.Int("output_dtype", 0), (OnnxElementType)node.Int("precision", 0));
        var saturate = node.Int("saturate", 1) != 0;
        return inputs =>
        {
            var type = declared != OnnxElementType.Undefined ? declared : inputs.Has(2) ? inputs[2].ElementType : OnnxElementType.UInt8;
            var x = inputs.Floating(0);
            var wide = precision == OnnxElementType.Undefined ? Quantizer.Wide(x.dtype) : inputs.Settings.TypeOf(precision);
            using var dividend = x.In(wide);
            using var scale = Aligned(inputs.Tensor(1), x, layout, wide);
            using var zero = inputs.OptionalFloating(2) is { } point ? Aligned(point, x, layout, wide) : null;
            return [Quantizer.Quantize(dividend, scale, zero, type, saturate)];
        };
    }

    /// <summary>The result's type is <c>output_dtype</c> (from 23), else the scale's.</summary>
    public static Kernel Dequantize(OperatorContext context)
    {
        var layout = Layout(context.Node);
        var declared = (OnnxElementType)context.Node.Int("output_dtype", 0);
        return inputs =>
        {
            var (x, factor) = (inputs.Floating(0), inputs.Tensor(1));
            using var scale = Aligned(factor, x, layout, Quantizer.Wide(factor.dtype));
            using var zero = inputs.OptionalFloating(2) is { } point ? Aligned(point, x, layout, point.dtype) : null;
            return [Quantizer.Dequantize(x, scale, zero, declared == OnnxElementType.Undefined ? factor.dtype : inputs.Settings.TypeOf(declared))];
        };
    }

    /// <summary>
    /// Scale and zero point from the range of the data, which is widened to contain 0. Both count as constants in a backward pass: with them
    /// the gradient of dequantizing again is the identity.
    /// </summary>
    public static Kernel Dynamic(OperatorContext context) => inputs =>
    {
        var x = inputs.Tensor(0);
        var (scale, zero) = Range(x);
        return [Quantizer.Quantize(x, scale, zero, OnnxElementType.UInt8), scale, Value.Quantized(zero, OnnxElementType.UInt8)];
    };

    public static (Tensor Scale, Tensor Zero) Range(Tensor x)
    {
        using var noGrad = torch.no_grad();
        using var max = x.max();
        using var min = x.min();
        using var high = max.clamp_min(Held(0));
        using var low = min.clamp_max(Held(0));
        using var width = high.sub(low);
        using var step = width.div(Held(255));
        using var flat = step.eq(Held(0));
        using var one = torch.ones_like(step);
        var scale = torch.where(flat, one, step);
        using var ratio = low.div(scale);
        using var offset = ratio.neg();
        using var whole = offset.round();
        return (scale, whole.clamp(Held(0), Held(255)));
    }

    private static ScaleLayout Layout(OnnxNode node) => new(node.Int("axis", 1), node.Int("block_size", 0));

    private static Tensor Aligned(Tensor parameter, Tensor x, ScaleLayout layout, torch.ScalarType type)
    {
        using var aligned = layout.Align(parameter, x);
        return aligned.In(type);
    }
}

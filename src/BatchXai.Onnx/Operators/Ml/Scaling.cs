namespace BatchXai.Onnx.Operators;

/// <summary>Scaler and Normalizer.</summary>
internal static class Scaling
{
    /// <summary>(x − offset)·scale, one number for all features or one each.</summary>
    public static Kernel Scaler(OperatorContext context)
    {
        var node = context.Node;
        var (offsets, scales) = (node.Floats("offset") ?? [], node.Floats("scale") ?? []);
        var offset = offsets.Length > 0 ? AttributeTensor.Of(offsets, offsets.Length) : null;
        var scale = scales.Length > 0 ? AttributeTensor.Of(scales, scales.Length) : null;
        return inputs =>
        {
            using var x = inputs.Tensor(0).In(inputs.Settings.TypeOf(OnnxElementType.Float));
            using var shifted = offset is null ? x.alias() : x.sub(offset.Tensor(inputs.Settings));
            return [scale is null ? shifted.alias() : shifted.mul(scale.Tensor(inputs.Settings))];
        };
    }

    /// <summary>Divides each sample by its largest element, the sum of its absolute values or its length. A divisor of 0 counts as 1.</summary>
    public static Kernel Normalizer(OperatorContext context)
    {
        var norm = context.Node.Text("norm", "MAX");
        if (norm is not ("MAX" or "L1" or "L2"))
        {
            throw new NotSupportedException($"norm={norm}");
        }

        return inputs =>
        {
            using var x = inputs.Tensor(0).In(inputs.Settings.TypeOf(OnnxElementType.Float));
            using var divisor = norm switch
            {
                "MAX" => x.amax([-1], keepdim: true),
                "L1" => x.norm(-1, keepdim: true, p: 1),
                _ => x.norm(-1, keepdim: true, p: 2),
            };
            using var zero = divisor.eq(Held(0));
            using var one = torch.ones_like(divisor);
            using var safe = torch.where(zero, one, divisor);
            return [x.div(safe)];
        };
    }
}

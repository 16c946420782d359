namespace BatchXai.Onnx.Operators;

/// <summary>LayerNormalization over all axes from <c>axis</c> on (default −1). Scale and bias broadcast to those axes. Mean and 1/deviation are optional outputs, of the type that <c>stash_type</c> names.</summary>
internal static class LayerNormalization
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", -1);
        var epsilon = context.Node.Float("epsilon", 1e-5f);
        var stash = StashType.Of(context.Node);
        var wantsStatistics = context.Wants(1) || context.Wants(2);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var first = Axes.Normalize(axis, (int)x.Dimensions);
            var result = Normalized(x, x.shape[first..], inputs.OptionalTensor(1), inputs.OptionalTensor(2), epsilon);
            return wantsStatistics ? [result, .. Statistics(x, Axes.All((int)x.Dimensions)[first..], epsilon, inputs.Settings.TypeOf(stash))] : [result];
        };
    }

    private static Tensor Normalized(Tensor x, long[] shape, Tensor? scale, Tensor? bias, float epsilon)
    {
        if (Fits(scale, shape) && Fits(bias, shape))
        {
            return F.layer_norm(x, shape, scale, bias, epsilon);
        }

        using var plain = F.layer_norm(x, shape, null, null, epsilon);
        using var scaled = scale is null ? plain.alias() : plain.mul(scale);
        return bias is null ? scaled.alias() : scaled.Plus(bias);
    }

    private static Execution.Value[] Statistics(Tensor x, long[] axes, float epsilon, torch.ScalarType type)
    {
        using var wide = Precision.AtLeastSingle(x);
        using var mean = wide.mean(axes, keepdim: true);
        using var centred = wide.sub(mean);
        using var square = centred.mul(centred);
        using var variance = square.mean(axes, keepdim: true);
        using var shifted = variance.Plus(Held(epsilon));
        using var inverse = shifted.rsqrt();
        return [mean.to(type, copy: true), inverse.to(type, copy: true)];
    }

    private static bool Fits(Tensor? parameter, long[] shape) => parameter is null || parameter.shape.AsSpan().SequenceEqual(shape);
}

namespace BatchXai.Onnx.Operators;

/// <summary>GroupNormalization. Scale and bias are per group in opset 18 and per channel from 21.</summary>
internal static class GroupNormalization
{
    public static Kernel PerGroup(OperatorContext context) => Bind(context, perGroup: true);

    public static Kernel PerChannel(OperatorContext context) => Bind(context, perGroup: false);

    private static Kernel Bind(OperatorContext context, bool perGroup)
    {
        var groups = context.Node.OptionalInt("num_groups") ?? throw new NotSupportedException("no num_groups attribute");
        var epsilon = context.Node.Float("epsilon", 1e-5f);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var repeats = perGroup ? x.shape[1] / groups : 1;
            using var scale = PerChannel(inputs.Tensor(1), repeats);
            using var bias = PerChannel(inputs.Tensor(2), repeats);
            return [F.group_norm(x, groups, scale, bias, epsilon)];
        };
    }

    private static Tensor PerChannel(Tensor parameter, long repeats) => repeats == 1 ? parameter.alias() : parameter.repeat_interleave(repeats);
}

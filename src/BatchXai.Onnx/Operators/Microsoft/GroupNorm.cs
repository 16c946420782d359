namespace BatchXai.Onnx.Operators;

/// <summary>GroupNorm: group normalization, by default on N×…×C, with a scale and a shift a channel; <c>activation=1</c> puts x·σ(x) behind it.</summary>
internal static class GroupNorm
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var (groups, epsilon) = (node.Int("groups", 1), node.Float("epsilon", 1e-5f));
        var (channelsLast, swish) = (node.Int("channels_last", 1) != 0, node.Int("activation", 0) == 1);
        return inputs =>
        {
            using var x = channelsLast ? ChannelOrder.First(inputs.Tensor(0)) : inputs.Tensor(0).alias();
            using var scale = inputs.Tensor(1).In(x.dtype);
            using var shift = inputs.Tensor(2).In(x.dtype);
            using var normal = F.group_norm(x, groups, scale, shift, epsilon);
            using var active = swish ? F.silu(normal) : normal.alias();
            return [channelsLast ? ChannelOrder.Last(active) : active.alias()];
        };
    }
}

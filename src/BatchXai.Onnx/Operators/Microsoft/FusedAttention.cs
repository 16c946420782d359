using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Attention of com.microsoft: one product makes queries, keys and values of the input, N×length×features. Inputs: x, weights, bias, mask, past, attention bias.</summary>
internal static class FusedAttention
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var heads = node.Int("num_heads", 1);
        var (scale, filter) = (node.Float("scale", 0), node.Float("mask_filter_value", -10000));
        var causal = node.Int("unidirectional", 0) != 0;
        var sizes = node.Ints("qkv_hidden_sizes");
        if (context.Wants(1) || (node.Inputs.Count > 4 && node.Inputs[4].Length > 0) || node.Int("do_rotary", 0) != 0)
        {
            throw new NotSupportedException(node.Int("do_rotary", 0) != 0 ? "do_rotary=1" : "past or present keys");
        }

        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var x = inputs.Tensor(0);
            var all = F.linear(x, inputs.Tensor(1).t(), inputs.OptionalTensor(2));
            var width = all.shape[^1];
            var parts = all.split(sizes ?? [width / 3, width / 3, width / 3], -1);
            var (q, k, v) = (AttentionScores.Split(parts[0], heads), AttentionScores.Split(parts[1], heads), AttentionScores.Split(parts[2], heads));
            var length = x.shape[1];
            var padding = AttentionScores.Padding(inputs.OptionalTensor(3), length, x.dtype, filter);
            var later = causal ? AttentionScores.Causal(length, length, x) : null;
            return [AttentionScores.Attend(q, k, v, scale, padding, later, inputs.OptionalTensor(5)).MoveToOuterDisposeScope()];
        };
    }
}

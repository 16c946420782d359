using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Attention of com.microsoft: one product makes queries, keys and values of the input, N×length×features. Inputs: x, weights, bias, mask, past, attention bias.</summary>
internal static class FusedAttention
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var attention = new AttentionScores(node);
        var sizes = node.Ints("qkv_hidden_sizes");
        if (context.Wants(1) || (node.Inputs.Count > 4 && node.Inputs[4].Length > 0) || node.Int("do_rotary", 0) != 0)
        {
            throw new NotSupportedException(node.Int("do_rotary", 0) != 0 ? "do_rotary=1" : "past or present keys");
        }

        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var all = F.linear(inputs.Tensor(0), inputs.Tensor(1).t(), inputs.OptionalTensor(2));
            var width = all.shape[^1];
            var parts = all.split(sizes ?? [width / 3, width / 3, width / 3], -1);
            var (q, k, v) = (attention.Split(parts[0]), attention.Split(parts[1]), attention.Split(parts[2]));
            return [attention.Attend(q, k, v, inputs.OptionalTensor(3), inputs.OptionalTensor(5)).MoveToOuterDisposeScope()];
        };
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// MultiHeadAttention of com.microsoft. Inputs: query N×length×(heads·size), key and value N×length′×(heads·size) or N×heads×length′×size, bias for all
/// three, key mask, attention bias. Without key and value, the query packs all: N×length×heads×3×size; without value the key packs two.
/// </summary>
internal static class MultiHeadAttention
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var heads = node.Int("num_heads", 1);
        var (scale, filter) = (node.Float("scale", 0), node.Float("mask_filter_value", -10000));
        var causal = node.Int("unidirectional", 0) != 0;
        if (context.Wants(1) || context.Wants(2) || context.Wants(3) || node.Inputs.Skip(6).Any(name => name.Length > 0))
        {
            throw new NotSupportedException("past or present keys");
        }

        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var (q, k, v) = Heads(inputs, heads);
            var padding = AttentionScores.Padding(inputs.OptionalTensor(4), k.shape[2], q.dtype, filter);
            var later = causal ? AttentionScores.Causal(q.shape[2], k.shape[2], q) : null;
            return [AttentionScores.Attend(q, k, v, scale, padding, later, inputs.OptionalTensor(5)).MoveToOuterDisposeScope()];
        };
    }

    private static (Tensor Q, Tensor K, Tensor V) Heads(Arguments inputs, long heads)
    {
        var query = inputs.Tensor(0);
        if (query.Dimensions == 5)
        {
            return (Packed(query, 0), Packed(query, 1), Packed(query, 2));
        }

        var key = inputs.Tensor(1);
        var bias = inputs.OptionalTensor(3);
        var width = query.shape[^1];
        var q = AttentionScores.Split(Biased(query, bias, 0, width), heads);
        return key.Dimensions == 5
            ? (q, Packed(key, 0), Packed(key, 1))
            : (q, Side(key, bias, width, width, heads), Side(inputs.Tensor(2), bias, 2 * width, inputs.Tensor(2).shape[^1], heads));
    }

    private static Tensor Side(Tensor x, Tensor? bias, long start, long width, long heads)
        => x.Dimensions == 4 ? x : AttentionScores.Split(Biased(x, bias, start, width), heads);

    private static Tensor Biased(Tensor x, Tensor? bias, long start, long width) => bias is null ? x.alias() : x.Plus(bias.narrow(0, start, width));

    private static Tensor Packed(Tensor x, long part) => x.select(3, part).transpose(1, 2);
}

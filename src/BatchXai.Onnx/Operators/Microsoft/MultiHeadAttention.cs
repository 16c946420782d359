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
        var attention = new AttentionScores(node);
        if (context.Wants(1) || context.Wants(2) || context.Wants(3) || node.Inputs.Skip(6).Any(name => name.Length > 0))
        {
            throw new NotSupportedException("past or present keys");
        }

        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var (q, k, v) = Heads(inputs, attention);
            return [attention.Attend(q, k, v, inputs.OptionalTensor(4), inputs.OptionalTensor(5)).MoveToOuterDisposeScope()];
        };
    }

    private static (Tensor Q, Tensor K, Tensor V) Heads(Arguments inputs, AttentionScores attention)
    {
        var query = inputs.Tensor(0);
        if (query.Dimensions == 5)
        {
            return (Packed(query, 0), Packed(query, 1), Packed(query, 2));
        }

        var key = inputs.Tensor(1);
        var bias = inputs.OptionalTensor(3);
        var width = query.shape[^1];
        var q = attention.Split(Biased(query, bias, 0, width));
        return key.Dimensions == 5
            ? (q, Packed(key, 0), Packed(key, 1))
            : (q, Side(key, bias, width, width, attention), Side(inputs.Tensor(2), bias, 2 * width, inputs.Tensor(2).shape[^1], attention));
    }

    private static Tensor Side(Tensor x, Tensor? bias, long start, long width, AttentionScores attention)
        => x.Dimensions == 4 ? x : attention.Split(Biased(x, bias, start, width));

    private static Tensor Biased(Tensor x, Tensor? bias, long start, long width) => bias is null ? x.alias() : x.Plus(bias.narrow(0, start, width));

    private static Tensor Packed(Tensor x, long part) => x.select(3, part).transpose(1, 2);
}

namespace BatchXai.Onnx.Operators;

/// <summary>softmax(q·kᵀ·scale + masks)·v for heads: q is N×heads×length×size, k and v N×heads×length′×size. A scale of 0 stands for 1/√size.</summary>
/// <param name="node">The node, whose attributes say how many heads there are and what is hidden.</param>
internal sealed class AttentionScores(OnnxNode node)
{
    private readonly float scale = node.Float("scale", 0);
    private readonly float filter = node.Float("mask_filter_value", -10000);
    private readonly bool causal = node.Int("unidirectional", 0) != 0;
    private readonly long heads = node.Int("num_heads", 1);

    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="mask">Which keys count, see <see cref="Padding"/>.</param>
    /// <param name="bias">Added to the scores: broadcasts to N×heads×length×length′.</param>
    /// <returns>N×length×(heads·size).</returns>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor? mask, Tensor? bias)
    {
        using var scope = torch.NewDisposeScope();
        var (queries, keys) = (q.shape[2], k.shape[2]);
        var scores = MatMul.Multiply(q.mul(Held(scale == 0 ? 1 / Math.Sqrt(q.shape[^1]) : scale)), k.transpose(-2, -1));
        foreach (var added in new[] { Padding(mask, keys, q.dtype), causal ? Causal(queries, keys, q) : null, bias })
        {
            scores = added is null ? scores : scores.Plus(added);
        }

        var attended = MatMul.Multiply(scores.softmax(-1), v);
        return attended.transpose(1, 2).flatten(2).MoveToOuterDisposeScope();
    }

    /// <summary>The features of x, N×length×(heads·size), as N×heads×length×size. A view; the caller disposes it.</summary>
    public Tensor Split(Tensor x)
    {
        using var parted = x.reshape(x.shape[0], x.shape[1], heads, -1);
        return parted.transpose(1, 2);
    }

    /// <summary>Zero where a key counts and <c>mask_filter_value</c> where it does not, N×1×1×length′.</summary>
    /// <param name="mask">N numbers of keys that count, the first ones; or N×length′ flags.</param>
    /// <param name="length">Number of keys.</param>
    /// <param name="type">Type of the result.</param>
    private Tensor? Padding(Tensor? mask, long length, torch.ScalarType type)
    {
        if (mask is null)
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        var hidden = mask.Dimensions switch
        {
            1 => Arange(length, mask.device).unsqueeze(0).ge(mask.unsqueeze(1)),
            2 when mask.shape[1] == length => mask.le(Held(0)),
            _ => throw new InvalidOperationException($"a mask of shape [{string.Join(", ", mask.shape)}] for {length} keys is not supported"),
        };
        return hidden.to(type).mul(Held(filter)).unsqueeze(1).unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Hides later keys from a query.</summary>
    private static Tensor Causal(long queries, long keys, Tensor like)
    {
        using var full = torch.full([queries, keys], Held(double.NegativeInfinity), like.dtype, like.device);
        return full.triu(1 + keys - queries);
    }
}

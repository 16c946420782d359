namespace BatchXai.Onnx.Operators;

/// <summary>softmax(q·kᵀ·scale + bias)·v for heads: q is N×heads×length×size, k and v N×heads×length′×size.</summary>
internal static class AttentionScores
{
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="scale">Factor; 0 for 1/√size.</param>
    /// <param name="masks">Tensors added to the scores: they broadcast to N×heads×length×length′; null ones are left out.</param>
    /// <returns>N×length×(heads·size).</returns>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v, float scale, params ReadOnlySpan<Tensor?> masks)
    {
        using var scope = torch.NewDisposeScope();
        var scores = MatMul.Multiply(q.mul(Held(scale == 0 ? 1 / Math.Sqrt(q.shape[^1]) : scale)), k.transpose(-2, -1));
        foreach (var mask in masks)
        {
            scores = mask is null ? scores : scores.Plus(mask);
        }

        var heads = MatMul.Multiply(scores.softmax(-1), v);
        return heads.transpose(1, 2).flatten(2).MoveToOuterDisposeScope();
    }

    /// <summary>N×length×(heads·size) as N×heads×length×size. A view; the caller disposes it.</summary>
    public static Tensor Split(Tensor x, long heads)
    {
        using var parted = x.reshape(x.shape[0], x.shape[1], heads, -1);
        return parted.transpose(1, 2);
    }

    /// <summary>Zero where a key counts and <paramref name="filter"/> where it does not, N×1×1×length′.</summary>
    /// <param name="mask">N numbers of keys that count, the first ones; or N×length′ flags.</param>
    /// <param name="length">Number of keys.</param>
    /// <param name="type">Type of the result.</param>
    /// <param name="filter">What hides a key.</param>
    public static Tensor? Padding(Tensor? mask, long length, torch.ScalarType type, float filter)
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
    public static Tensor Causal(long queries, long keys, Tensor like)
    {
        using var full = torch.full([queries, keys], Held(double.NegativeInfinity), like.dtype, like.device);
        return full.triu(1 + keys - queries);
    }
}

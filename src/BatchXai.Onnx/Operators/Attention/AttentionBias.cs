namespace BatchXai.Onnx.Operators;

/// <summary>What is added to attention scores: the given mask, −∞ for keys after the query, and −∞ for padding.</summary>
internal static class AttentionBias
{
    /// <param name="mask">Floating point, or true where a query may look; its last axis may be shorter than the keys.</param>
    /// <param name="validLength">Number of keys of each sample that are not padding.</param>
    /// <param name="causal">Whether a query sees only keys up to its own position.</param>
    /// <param name="past">Number of keys before the first query; null when there is no cache inside the operator.</param>
    /// <param name="query">Batch × heads × positions × features.</param>
    /// <param name="key">Batch × heads × positions × features.</param>
    /// <returns>A tensor that broadcasts to the scores; null when nothing is to be added.</returns>
    public static Tensor? Of(Tensor? mask, Tensor? validLength, bool causal, long? past, Tensor query, Tensor key)
    {
        var (queries, keys) = (query.shape[2], key.shape[2]);
        using var given = mask is null ? null : Given(mask, keys, query.dtype);
        using var later = causal ? Later(validLength, past, queries, keys, query.device) : null;
        using var padding = validLength is null ? null : Padding(validLength, keys);
        using var hidden = later is null ? padding?.alias() : padding is null ? later.alias() : later.logical_or(padding);
        if (hidden is null)
        {
            return given?.alias();
        }

        using var zero = torch.zeros([1], query.dtype, query.device);
        using var forbidden = torch.full([1], Held(double.NegativeInfinity), query.dtype, query.device);
        using var bias = torch.where(hidden, forbidden, zero);
        return given is null ? bias.alias() : given.Plus(bias);
    }

    private static Tensor Given(Tensor mask, long keys, torch.ScalarType type)
    {
        var missing = keys - mask.shape[^1];
        if (mask.dtype != torch.ScalarType.Bool)
        {
            return F.pad(mask, [0, missing], value: double.NegativeInfinity);
        }

        using var hidden = mask.logical_not();
        using var zeros = torch.zeros(mask.shape, type, mask.device);
        using var bias = zeros.masked_fill(hidden, Held(double.NegativeInfinity));
        return F.pad(bias, [0, missing], value: double.NegativeInfinity);
    }

    // True where the key comes after the query. With a cache outside the operator, the last valid key belongs to the last query.
    private static Tensor Later(Tensor? validLength, long? past, long queries, long keys, torch.Device device)
    {
        using var rows = Arange(queries, device);
        using var row = rows.unsqueeze(1);
        using var column = Arange(keys, device);
        if (past is not null || validLength is null)
        {
            using var last = row.Plus(Held(past ?? 0));
            return column.gt(last);
        }

        using var lengths = validLength.reshape(-1, 1, 1, 1);
        using var offset = lengths.sub(Held(queries));
        using var final = row.Plus(offset);
        return column.gt(final);
    }

    private static Tensor Padding(Tensor validLength, long keys)
    {
        using var column = Arange(keys, validLength.device);
        using var lengths = validLength.reshape(-1, 1, 1, 1);
        return column.ge(lengths);
    }
}

using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Attention: softmax(scale · Q·Kᵀ, capped, + mask) · V over heads, Q, K and V being batch × heads × positions × features, or
/// rank 3 with the heads side by side. Heads of K and V are shared by groups of Q's. Earlier keys and values may be
/// prepended. The plain case is torch's own fused attention.
/// </summary>
internal sealed class Attention
{
    private const int Q = 0, K = 1, V = 2, Mask = 3, PastKey = 4, PastValue = 5, ValidLength = 6;

    private readonly long queryHeads;
    private readonly long keyHeads;
    private readonly bool causal;
    private readonly float? scale;
    private readonly float softcap;
    private readonly long scoresMode;
    private readonly OnnxElementType? softmaxType;
    private readonly bool wantsPresent;
    private readonly bool wantsScores;

    private Attention(OperatorContext context)
    {
        var node = context.Node;
        (queryHeads, keyHeads) = (node.Int("q_num_heads", 0), node.Int("kv_num_heads", 0));
        causal = node.Int("is_causal", 0) != 0;
        scale = node.Attributes.ContainsKey("scale") ? node.Float("scale", 1) : null;
        softcap = node.Float("softcap", 0);
        scoresMode = node.Int("qk_matmul_output_mode", 0);
        softmaxType = (OnnxElementType?)node.OptionalInt("softmax_precision");
        (wantsPresent, wantsScores) = (context.Wants(1) || context.Wants(2), context.Wants(3));
        if (scoresMode is < 0 or > 3)
        {
            throw new NotSupportedException($"qk_matmul_output_mode={scoresMode}");
        }
    }

    public static Kernel Bind(OperatorContext context) => new Attention(context).Run;

    private Value[] Run(Arguments inputs)
    {
        var joined = inputs.Tensor(Q).Dimensions == 3;
        using var query = Heads(inputs.Tensor(Q), queryHeads);
        using var newKey = Heads(inputs.Tensor(K), keyHeads);
        using var newValue = Heads(inputs.Tensor(V), keyHeads);
        var key = Joined(inputs.OptionalTensor(PastKey), newKey);
        var value = Joined(inputs.OptionalTensor(PastValue), newValue);
        using var repeatedKey = Repeated(key, query.shape[1]);
        using var repeatedValue = Repeated(value, query.shape[1]);
        var (result, scores) = Attend(inputs, query, repeatedKey, repeatedValue);
        var output = result;
        if (joined)
        {
            output = AttentionHeads.Join(result);
            result.Dispose();
        }

        if (wantsPresent || wantsScores)
        {
            return scores is null ? [output, key, value] : [output, key, value, scores];
        }

        key.Dispose();
        value.Dispose();
        return [output];
    }

    private static Tensor Heads(Tensor x, long heads) => x.Dimensions == 4 ? x.alias()
        : heads > 0 ? AttentionHeads.Split(x, heads)
        : throw new InvalidOperationException("q_num_heads and kv_num_heads are missing for an input of rank 3");

    private static Tensor Joined(Tensor? past, Tensor now) => past is null ? now.alias() : torch.cat([past, now], 2);

    private static Tensor Repeated(Tensor x, long heads) => x.shape[1] == heads ? x.alias() : x.repeat_interleave(heads / x.shape[1], 1);

    private (Tensor Result, Tensor? Scores) Attend(Arguments inputs, Tensor query, Tensor key, Tensor value)
    {
        inputs.Settings.Require([.. query.shape[..3], key.shape[2]]);
        var factor = scale ?? 1 / Math.Sqrt(query.shape[3]);
        var bias = AttentionBias.Of(inputs.OptionalTensor(Mask), inputs.OptionalTensor(ValidLength), causal, inputs.Has(PastKey) ? inputs[PastKey].Shape[2] : null, query, key);
        using (bias)
        {
            if (!wantsScores && softcap == 0 && bias is null && softmaxType is null)
            {
                using var prepared = query.mul(Held(factor * Math.Sqrt(query.shape[3])));
                return (F.scaled_dot_product_attention(prepared, key, value), null);
            }

            return Explicit(inputs.Settings, query, key, value, bias, Math.Sqrt(factor));
        }
    }

    private (Tensor Result, Tensor? Scores) Explicit(ExecutionSettings settings, Tensor query, Tensor key, Tensor value, Tensor? bias, double root)
    {
        using var scaledQuery = query.mul(Held(root));
        using var scaledKey = key.mul(Held(root));
        using var turned = scaledKey.transpose(2, 3);
        using var product = MatMul.Multiply(scaledQuery, turned);
        using var capped = Capped(product);
        using var biased = bias is null ? capped.alias() : capped.Plus(bias);
        using var typed = Precision.To(biased, softmaxType is { } type ? settings.TypeOf(type) : biased.dtype);
        using var softmax = typed.softmax(3);
        using var weights = Precision.To(softmax, query.dtype);
        var result = MatMul.Multiply(weights, value);
        return (result, wantsScores ? (scoresMode switch { 0 => product, 1 => capped, 2 => biased, _ => weights }).alias() : null);
    }

    private Tensor Capped(Tensor scores)
    {
        if (softcap == 0)
        {
            return scores.alias();
        }

        using var relative = scores.div(Held(softcap));
        using var bounded = relative.tanh();
        return bounded.mul(Held(softcap));
    }
}

namespace BatchXai.Onnx.Operators;

/// <summary>
/// What a classical model does to its scores. On a single score per sample only PROBIT acts, as in ONNX Runtime; the specification does not say.
/// </summary>
internal static class PostTransform
{
    /// <summary>Checks the name at once.</summary>
    /// <returns>The function on samples × scores; the caller disposes its result.</returns>
    public static Func<Tensor, Tensor> Of(string name)
    {
        Func<Tensor, Tensor> apply = name switch
        {
            "NONE" => x => x.alias(),
            "LOGISTIC" => x => x.sigmoid(),
            "SOFTMAX" => x => x.softmax(1),
            "SOFTMAX_ZERO" => SoftmaxOfNonZero,
            "PROBIT" => Probit,
            _ => throw new NotSupportedException($"post_transform={name}"),
        };
        return x => x.shape[1] > 1 || name == "PROBIT" ? apply(x) : x.alias();
    }

    public static Func<Tensor, Tensor> Of(OnnxNode node) => Of(node.Text("post_transform", "NONE"));

    // Φ⁻¹(p) = √2·erf⁻¹(2p − 1)
    private static Tensor Probit(Tensor x)
    {
        using var doubled = x.mul(Held(2));
        using var centred = doubled.sub(Held(1));
        using var inverse = centred.erfinv();
        return inverse.mul(Held(Math.Sqrt(2)));
    }

    // Scores of zero stay (nearly) zero and do not count in the sum.
    private static Tensor SoftmaxOfNonZero(Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var max = x.amax([1], keepdim: true);
        var counts = x.abs().gt(Held(1e-7));
        var none = torch.zeros_like(x);
        var powers = x.sub(max).exp();
        var sum = torch.where(counts, powers, none).sum([1L], keepdim: true);
        return torch.where(counts, powers, x.mul(max.neg().exp())).div(sum).MoveToOuterDisposeScope();
    }
}

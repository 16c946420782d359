namespace BatchXai.Onnx.Operators;

/// <summary>Activation functions that TorchSharp offers only with a scalar inside that nothing holds, see <see cref="Torch.Scalars"/>.</summary>
internal static class SoftActivations
{
    /// <summary>log(1 + eˣ), which is −log σ(−x).</summary>
    public static Tensor Softplus(Tensor x)
    {
        using var negative = x.neg();
        using var log = negative.log_sigmoid();
        return log.neg();
    }

    /// <summary>x · tanh(softplus(x)).</summary>
    public static Tensor Mish(Tensor x)
    {
        using var softplus = Softplus(x);
        using var gate = softplus.tanh();
        return x.mul(gate);
    }

    /// <summary>x / (1 + |x|).</summary>
    public static Tensor Softsign(Tensor x)
    {
        using var absolute = x.abs();
        using var divisor = absolute.Plus(Held(1));
        return x.div(divisor);
    }

    /// <summary>x where x > 0, else α(eˣ − 1); both times γ.</summary>
    public static Tensor Elu(Tensor x, double alpha, double gamma = 1) => x.elu(Held(alpha), Held(gamma), Held(1.0));
}

namespace BatchXai.Onnx.Operators;

/// <summary>Activation functions with attributes.</summary>
internal static class Activations
{
    public static Kernel LeakyRelu(OperatorContext context)
    {
        var slope = context.Node.Float("alpha", 0.01f);
        return inputs => [inputs.Tensor(0).leaky_relu(Held(slope))];
    }

    /// <summary>max(0, min(1, αx + β)); torch's own function is the case α = 1/6, β = 1/2.</summary>
    public static Kernel HardSigmoid(OperatorContext context)
    {
        var (alpha, beta) = (context.Node.Float("alpha", 0.2f), context.Node.Float("beta", 0.5f));
        if (MathF.Abs(alpha - (1f / 6)) < 1e-6f && beta == 0.5f)
        {
            return inputs => [F.hardsigmoid(inputs.Tensor(0))];
        }

        return inputs =>
        {
            using var scaled = inputs.Tensor(0).mul(Held(alpha));
            using var shifted = scaled.Plus(Held(beta));
            return [shifted.clamp(Held(0), Held(1))];
        };
    }

    public static Kernel Elu(OperatorContext context)
    {
        var alpha = context.Node.Float("alpha", 1);
        return inputs => [SoftActivations.Elu(inputs.Tensor(0), alpha)];
    }

    /// <summary>γ(x if x > 0, else α(eˣ − 1)).</summary>
    public static Kernel Selu(OperatorContext context)
    {
        var (alpha, gamma) = (context.Node.Float("alpha", 1.6732632f), context.Node.Float("gamma", 1.0507010f));
        return inputs => [SoftActivations.Elu(inputs.Tensor(0), alpha, gamma)];
    }

    public static Kernel Celu(OperatorContext context)
    {
        var alpha = context.Node.Float("alpha", 1);
        return inputs => [inputs.Tensor(0).celu(Held(alpha))];
    }

    /// <summary>x · σ(αx); with α = 1 torch's SiLU.</summary>
    public static Kernel Swish(OperatorContext context)
    {
        var alpha = context.Node.Float("alpha", 1);
        if (alpha == 1)
        {
            return inputs => [F.silu(inputs.Tensor(0))];
        }

        return inputs =>
        {
            using var scaled = inputs.Tensor(0).mul(Held(alpha));
            using var gate = scaled.sigmoid();
            return [inputs.Tensor(0).mul(gate)];
        };
    }

    /// <summary>x where x > α, else 0.</summary>
    public static Kernel ThresholdedRelu(OperatorContext context)
    {
        var alpha = context.Node.Float("alpha", 1);
        return inputs =>
        {
            using var low = inputs.Tensor(0).le(Held(alpha));
            return [inputs.Tensor(0).masked_fill(low, Held(0))];
        };
    }

    /// <summary>x + bias below −λ, x − bias above λ, 0 between.</summary>
    public static Kernel Shrink(OperatorContext context)
    {
        var (bias, lambda) = (context.Node.Float("bias", 0), context.Node.Float("lambd", 0.5f));
        return inputs => [Precision.Floating(inputs.Tensor(0), x =>
        {
            using var sign = x.sign();
            using var shift = sign.mul(Held(bias));
            using var shrunk = x.sub(shift);
            using var absolute = x.abs();
            using var small = absolute.le(Held(lambda));
            return shrunk.masked_fill(small, Held(0));
        })];
    }

    public static Kernel Gelu(OperatorContext context)
    {
        var approximate = context.Node.Text("approximate", "none") == "tanh";
        return inputs => [approximate ? F.gelu(inputs.Tensor(0), TorchSharp.Modules.GELU.Approximate.tanh) : F.gelu(inputs.Tensor(0))];
    }

    /// <summary>x where x ≥ 0, else slope · x; the slope broadcasts.</summary>
    public static Kernel PRelu(OperatorContext context) => inputs =>
    {
        var x = inputs.Tensor(0);
        using var negative = x.mul(inputs.Tensor(1));
        using var positive = x.ge(Held(0));
        return [torch.where(positive, x, negative)];
    };
}

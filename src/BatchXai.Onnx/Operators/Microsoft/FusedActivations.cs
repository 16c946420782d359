using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Gelu and its kin. A second input is a bias that is added first.</summary>
internal static class FusedActivations
{
    /// <summary>x·Φ(x).</summary>
    public static Kernel Gelu(OperatorContext context) => inputs =>
    {
        using var x = Biased(inputs);
        return [F.gelu(x)];
    };

    /// <summary>The approximation of Gelu by tanh.</summary>
    public static Kernel FastGelu(OperatorContext context) => inputs =>
    {
        using var x = Biased(inputs);
        return [F.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh)];
    };

    /// <summary>x·σ(αx).</summary>
    public static Kernel QuickGelu(OperatorContext context)
    {
        var alpha = context.Node.Float("alpha", 1.702f);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            using var scaled = x.mul(Held(alpha));
            using var gate = scaled.sigmoid();
            return [x.mul(gate)];
        };
    }

    private static Tensor Biased(Arguments inputs) => inputs.OptionalTensor(1) is { } bias ? inputs.Tensor(0).Plus(bias) : inputs.Tensor(0).alias();
}

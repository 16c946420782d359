namespace BatchXai.Onnx.Operators;

/// <summary>The activation inside a fused operator.</summary>
internal static class FusedActivation
{
    /// <param name="name">The activation's operator; empty for none.</param>
    /// <param name="parameters">Its attributes, in the order of its specification.</param>
    /// <returns>A function whose result the caller disposes.</returns>
    public static Func<Tensor, Tensor> Of(string name, IReadOnlyList<float> parameters) => name switch
    {
        "" => x => x.alias(),
        "Relu" => x => x.relu(),
        "Tanh" => x => x.tanh(),
        "Sigmoid" => x => x.sigmoid(),
        "LeakyRelu" => x => x.leaky_relu(Held(At(parameters, 0, 0.01f))),
        "Clip" => x => x.clamp(Held(At(parameters, 0, float.MinValue)), Held(At(parameters, 1, float.MaxValue))),
        "HardSigmoid" => x => HardSigmoid(x, At(parameters, 0, 0.2f), At(parameters, 1, 0.5f)),
        "Softplus" => SoftActivations.Softplus,
        "Softsign" => SoftActivations.Softsign,
        "Elu" => x => SoftActivations.Elu(x, At(parameters, 0, 1)),
        "HardSwish" => x => F.hardswish(x),
        _ => throw new NotSupportedException($"activation={name}"),
    };

    private static float At(IReadOnlyList<float> parameters, int index, float otherwise) => index < parameters.Count ? parameters[index] : otherwise;

    private static Tensor HardSigmoid(Tensor x, float alpha, float beta)
    {
        using var scaled = x.mul(Held(alpha));
        using var shifted = scaled.Plus(Held(beta));
        return shifted.clamp(Held(0), Held(1));
    }
}

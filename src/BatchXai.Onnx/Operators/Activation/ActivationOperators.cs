namespace BatchXai.Onnx.Operators;

/// <summary>Activation functions.</summary>
internal static class ActivationOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Relu", 6, Unary.Of(x => x.relu(), x => Math.Max(0, x))),
        new("LeakyRelu", 6, Activations.LeakyRelu),
        new("PRelu", 7, Activations.PRelu),
        new("Elu", 6, Activations.Elu),
        new("Selu", 6, Activations.Selu),
        new("Gelu", 20, Activations.Gelu),
        new("Sigmoid", 6, Unary.Of(x => x.sigmoid())),
        new("HardSigmoid", 6, Activations.HardSigmoid),
        new("HardSwish", 14, Unary.Of(x => F.hardswish(x))),
        new("Tanh", 6, Unary.Of(x => x.tanh())),
        new("Softplus", 1, Unary.Of(SoftActivations.Softplus)),
        new("Softsign", 1, Unary.Of(SoftActivations.Softsign)),
        new("Mish", 18, Unary.Of(SoftActivations.Mish)),
        new("Swish", 24, Activations.Swish),
        new("Celu", 12, Activations.Celu),
        new("ThresholdedRelu", 10, Activations.ThresholdedRelu),
        new("Shrink", 9, Activations.Shrink),
        new("Clip", 6, Clip.Attributes),
        new("Clip", 11, Clip.Inputs),
        new("Softmax", 1, Softmax.Flattened((x, axis) => x.softmax(axis))),
        new("Softmax", 13, Softmax.OneAxis((x, axis) => x.softmax(axis))),
        new("Hardmax", 1, Softmax.Flattened(Hardmax.Of), Gradient.None),
        new("Hardmax", 13, Softmax.OneAxis(Hardmax.Of), Gradient.None),
        new("LogSoftmax", 1, Softmax.Flattened((x, axis) => x.log_softmax(axis))),
        new("LogSoftmax", 13, Softmax.OneAxis((x, axis) => x.log_softmax(axis))),
    ];
}

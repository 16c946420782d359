namespace BatchXai.Onnx.Operators;

/// <summary>InstanceNormalization: each channel of each sample is normalised over its own pixels.</summary>
internal static class InstanceNormalization
{
    public static Kernel Bind(OperatorContext context)
    {
        var epsilon = context.Node.Float("epsilon", 1e-5f);
        return inputs => [F.instance_norm(inputs.Tensor(0), weight: inputs.Tensor(1), bias: inputs.Tensor(2), use_input_stats: true, eps: epsilon)];
    }
}

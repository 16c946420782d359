namespace BatchXai.Onnx.Operators;

/// <summary>BatchNormalization with stored statistics: (x − mean) / √(var + ε) · scale + bias per channel. Training mode is refused: its result depends on the batch.</summary>
internal static class BatchNormalization
{
    public const float DefaultEpsilon = 1e-5f;

    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        if (node.Int("training_mode", 0) != 0 || context.Wants(1))
        {
            throw new NotSupportedException("training_mode=1; export after model.eval()");
        }

        if (node.Int("spatial", 1) == 0)
        {
            throw new NotSupportedException("spatial=0");
        }

        var epsilon = node.Float("epsilon", DefaultEpsilon);
        return inputs => [Run(inputs.Tensor(0), inputs.Tensor(1), inputs.Tensor(2), inputs.Tensor(3), inputs.Tensor(4), epsilon)];
    }

    private static Tensor Run(Tensor x, Tensor scale, Tensor bias, Tensor mean, Tensor variance, float epsilon)
    {
        if (x.dtype == scale.dtype && x.dtype == mean.dtype)
        {
            return F.batch_norm(x, mean, variance, scale, bias, training: false, eps: epsilon);
        }

        // From opset 14 the parameters may have another precision than x.
        var type = torch.promote_types(torch.promote_types(x.dtype, scale.dtype), mean.dtype);
        using var typed = Precision.To(x, type);
        using var typedScale = Precision.To(scale, type);
        using var typedBias = Precision.To(bias, type);
        using var typedMean = Precision.To(mean, type);
        using var typedVariance = Precision.To(variance, type);
        using var normalized = F.batch_norm(typed, typedMean, typedVariance, typedScale, typedBias, training: false, eps: epsilon);
        return normalized.to(x.dtype, copy: true);
    }
}

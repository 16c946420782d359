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
            throw new NotSupportedException("exported in training mode: call model.eval() and export again");
        }

        if (node.Int("spatial", 1) == 0)
        {
            throw new NotSupportedException("spatial=0");
        }

        var epsilon = node.Float("epsilon", DefaultEpsilon);
        return inputs => [F.batch_norm(inputs.Tensor(0), inputs.Tensor(3), inputs.Tensor(4), inputs.Tensor(1), inputs.Tensor(2), training: false, eps: epsilon)];
    }
}

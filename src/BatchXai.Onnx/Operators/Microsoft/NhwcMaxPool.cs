namespace BatchXai.Onnx.Operators;

/// <summary>NhwcMaxPool: MaxPool on N×…×C.</summary>
internal static class NhwcMaxPool
{
    public static Kernel Bind(OperatorContext context)
    {
        var pool = MaxPool.Bind(context with { Opset = OperatorTable.MaxOpset });
        return inputs =>
        {
            using var x = ChannelOrder.First(inputs.Tensor(0));
            using var y = Composite.Run(pool, inputs.Settings, x);
            return [ChannelOrder.Last(y)];
        };
    }
}

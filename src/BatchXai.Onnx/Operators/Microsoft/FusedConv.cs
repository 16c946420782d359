using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>FusedConv: activation(Conv(x, w, bias) + z), z optional. NhwcFusedConv is the same on N×…×C.</summary>
internal static class FusedConv
{
    public static Kernel Bind(OperatorContext context)
    {
        var (convolution, activation) = (Convolution.Bind(context), Activation(context.Node));
        return inputs => [Run(inputs, inputs.Tensor(0), inputs.OptionalTensor(3), convolution, activation)];
    }

    public static Kernel ChannelsLast(OperatorContext context)
    {
        var (convolution, activation) = (Convolution.Bind(context), Activation(context.Node));
        return inputs =>
        {
            using var x = ChannelOrder.First(inputs.Tensor(0));
            using var z = inputs.OptionalTensor(3) is { } residual ? ChannelOrder.First(residual) : null;
            using var y = Run(inputs, x, z, convolution, activation);
            return [ChannelOrder.Last(y)];
        };
    }

    private static Func<Tensor, Tensor> Activation(OnnxNode node) => FusedActivation.Of(node.Text("activation", ""), node.Floats("activation_params") ?? []);

    private static Tensor Run(Arguments inputs, Tensor x, Tensor? residual, Kernel convolution, Func<Tensor, Tensor> activation)
    {
        using var product = Composite.Run(convolution, inputs.Settings, x, inputs.Tensor(1), inputs.OptionalTensor(2));
        using var sum = residual is null ? product.alias() : product.Plus(residual);
        return activation(sum);
    }
}

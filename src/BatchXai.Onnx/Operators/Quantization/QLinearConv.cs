using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>ConvInteger (result int32) and QLinearConv (result quantized again). The weight's scale and zero point hold for the tensor or an output channel.</summary>
internal static class QLinearConv
{
    /// <summary>x, w, x's zero point, w's zero point.</summary>
    public static Kernel ToInteger(OperatorContext context)
    {
        var convolution = Convolution.Bind(context);
        return inputs =>
        {
            var (x, weight) = (inputs.Floating(0), inputs.Floating(1));
            using var zeroX = inputs.OptionalFloating(2)?.reshape([]);
            using var zeroW = PerChannel(inputs.OptionalFloating(3), weight, 0);
            return [Value.Quantized(IntegerProduct.Convolve(convolution, inputs, x, zeroX, weight, zeroW), OnnxElementType.Int32)];
        };
    }

    /// <summary>x, its scale and zero point, the same of w, scale and zero point of the result, optionally a bias in steps of scale x · scale w.</summary>
    public static Kernel Quantized(OperatorContext context)
    {
        var convolution = Convolution.Bind(context);
        return inputs => [Run(convolution, inputs, inputs.Floating(0))];
    }

    /// <summary>com.microsoft: <c>channels_last=1</c> has x and the result N×…×C.</summary>
    public static Kernel AnyOrder(OperatorContext context)
    {
        if (context.Node.Int("channels_last", 0) == 0)
        {
            return Quantized(context);
        }

        var convolution = Convolution.Bind(context);
        return inputs =>
        {
            using var x = ChannelOrder.First(inputs.Floating(0));
            var result = Run(convolution, inputs, x);
            using var numbers = result.Floating(inputs.Settings);
            return [Value.Quantized(ChannelOrder.Last(numbers), result.ElementType)];
        };
    }

    private static Value Run(Kernel convolution, Arguments inputs, Tensor x)
    {
        var weight = inputs.Floating(3);
        using var zeroX = inputs.Floating(2).reshape([]);
        using var zeroW = PerChannel(inputs.Floating(5), weight, 0);
        using var product = IntegerProduct.Convolve(convolution, inputs, x, zeroX, weight, zeroW);
        using var bias = PerChannel(inputs.OptionalFloating(8), weight, 1);
        using var sum = bias is null ? product.alias() : product.Plus(bias);
        using var scaleW = PerChannel(inputs.Tensor(4), weight, 1);
        using var scaleX = inputs.Tensor(1).reshape([]);
        using var scale = inputs.Tensor(6).reshape([]);
        using var zero = inputs.Floating(7).reshape([]);
        return QLinearMatMul.Requantize(sum, scaleX, scaleW!, scale, zero, inputs[7].ElementType);
    }

    private static Tensor? PerChannel(Tensor? parameter, Tensor weight, int axis)
        => parameter is null ? null : parameter.numel() == 1 ? parameter.reshape([]) : new ScaleLayout(axis, 0).Align(parameter, weight);
}

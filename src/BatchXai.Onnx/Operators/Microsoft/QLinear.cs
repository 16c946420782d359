using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Operators on quantized tensors that dequantize, compute in floating point and quantize again. Every tensor comes with a scale and an optional zero point behind it.</summary>
internal static class QLinear
{
    public static Kernel Sigmoid(OperatorContext context) => Unary(x => x.sigmoid());

    public static Kernel LeakyRelu(OperatorContext context)
    {
        var slope = context.Node.Float("alpha", 0.01f);
        return Unary(x => x.leaky_relu(Held(slope)));
    }

    /// <summary>Softmax of the standard set's version <c>opset</c>: rows of a flattened tensor before 13, one axis from then on.</summary>
    public static Kernel Softmax(OperatorContext context)
    {
        var bind = context.Node.Int("opset", 13) < 13 ? Operators.Softmax.Flattened((x, axis) => x.softmax(axis)) : Operators.Softmax.OneAxis((x, axis) => x.softmax(axis));
        return Around(bind(context));
    }

    public static Kernel AveragePool(OperatorContext context) => Around(Operators.AveragePool.Bind(context with { Opset = OperatorTable.MaxOpset }), ChannelsLast(context));

    public static Kernel GlobalAveragePool(OperatorContext context) => Around(GlobalPool.Average(context), ChannelsLast(context));

    public static Binder Binary(Func<Tensor, Tensor, Tensor> operation) => _ => inputs =>
    {
        using var a = Opened(inputs, 0);
        using var b = Opened(inputs, 3);
        using var result = operation(a, b);
        return [Closed(inputs, result, 6, inputs[0].ElementType)];
    };

    /// <summary>Scale and zero point of the result come first.</summary>
    public static Kernel Concat(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var parts = new List<Tensor>();
            for (var i = 2; i < inputs.Count; i += 3)
            {
                parts.Add(Opened(inputs, i));
            }

            var joined = torch.cat(parts, Axes.Normalize(axis, (int)parts[0].Dimensions));
            var result = Closed(inputs, joined, 0, inputs[2].ElementType);
            result.Floating(inputs.Settings).MoveToOuterDisposeScope();
            return [result];
        };
    }

    /// <summary>A tensor dequantized. The caller disposes it.</summary>
    public static Tensor Opened(Arguments inputs, int index)
    {
        var scale = inputs.Tensor(index + 1);
        return Quantizer.Dequantize(inputs.Floating(index), scale, inputs.OptionalFloating(index + 2), scale.dtype);
    }

    /// <summary>A result quantized with the scale at <paramref name="index"/> and the zero point behind it, whose type it gets.</summary>
    public static Value Closed(Arguments inputs, Tensor result, int index, OnnxElementType otherwise)
        => Quantizer.Quantize(result, inputs.Tensor(index), inputs.OptionalFloating(index + 1), inputs.Has(index + 1) ? inputs[index + 1].ElementType : otherwise);

    private static bool ChannelsLast(OperatorContext context) => context.Node.Int("channels_last", 0) != 0;

    private static Kernel Unary(Func<Tensor, Tensor> operation) => inputs =>
    {
        using var x = Opened(inputs, 0);
        using var result = operation(x);
        return [Closed(inputs, result, 3, inputs[0].ElementType)];
    };

    private static Kernel Around(Kernel kernel, bool channelsLast = false) => inputs =>
    {
        using var x = Opened(inputs, 0);
        using var ordered = channelsLast ? ChannelOrder.First(x) : x.alias();
        using var made = Composite.Run(kernel, inputs.Settings, ordered);
        using var result = channelsLast ? ChannelOrder.Last(made) : made.alias();
        return [Closed(inputs, result, 3, inputs[0].ElementType)];
    };
}

namespace BatchXai.Onnx.Execution;

/// <summary>
/// How a quantized tensor passes an operator that only moves or selects elements, as MaxPool, Reshape or Concat do between quantized layers:
/// the operator runs on the floating-point numbers, so that gradients flow, and its result is quantized again. A cast to floating point just opens it.
/// Every other operator that does not know quantization computes on the integers, through which no gradient flows.
/// </summary>
internal sealed class QuantizedFlow
{
    private static readonly HashSet<string> Movers =
    [
        "Clip", "Concat", "DepthToSpace", "Dropout", "Expand", "Flatten", "Gather", "GatherElements", "GatherND", "GlobalMaxPool", "Identity", "Max",
        "MaxPool", "Min", "NhwcMaxPool", "Pad", "ReduceMax", "ReduceMin", "Relu", "Reshape", "Slice", "SpaceToDepth", "Split", "Squeeze", "Tile", "TopK",
        "Transpose", "Unsqueeze", "Where",
    ];

    private readonly OnnxElementType? type;

    private QuantizedFlow(OnnxElementType? type) => this.type = type;

    /// <summary>The flow through a node; null when its inputs are taken as they are.</summary>
    public static QuantizedFlow? Of(OnnxNode node, Value?[] inputs)
    {
        var first = Array.Find(inputs, static input => input is { IsQuantized: true });
        if (first is null)
        {
            return null;
        }

        var opens = node.OpType == "Cast" && (OnnxElementType)node.Int("to", 0)
            is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;
        return opens ? new QuantizedFlow(null) : Movers.Contains(node.OpType) ? new QuantizedFlow(first.ElementType) : null;
    }

    /// <summary>The inputs, quantized ones as plain numbers.</summary>
    public static Value?[] Opened(Value?[] inputs, ExecutionSettings settings)
        => [.. inputs.Select(input => input is { IsQuantized: true } ? Value.Borrow(input.Floating(settings)) : input)];

    /// <summary>The outputs, numbers as quantized tensors; indices stay.</summary>
    public Value[] Closed(Value[] outputs, ExecutionSettings settings)
        => type is { } known ? [.. outputs.Select(output => output.IsFloatingPoint ? Value.Quantized(output.Tensor(settings), known) : output)] : outputs;
}

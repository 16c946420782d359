namespace BatchXai.Onnx.Operators;

/// <summary>What a kernel is bound to.</summary>
/// <param name="Node">The node with its attributes.</param>
/// <param name="Opset">Version of the node's operator set.</param>
internal sealed record OperatorContext(OnnxNode Node, long Opset)
{
    /// <summary>Whether an optional output is wanted.</summary>
    public bool Wants(int output) => output < Node.Outputs.Count && Node.Outputs[output].Length > 0;
}

using BatchXai.Onnx.Graph;

namespace BatchXai.Onnx.Operators;

/// <summary>What a kernel is bound to.</summary>
/// <param name="Node">The node with its attributes.</param>
/// <param name="Opset">Version of the node's operator set.</param>
/// <param name="Types">Element types of the graph's tensors.</param>
internal sealed record OperatorContext(OnnxNode Node, long Opset, StaticTypes? Types = null)
{
    /// <summary>Whether an optional output is wanted.</summary>
    public bool Wants(int output) => output < Node.Outputs.Count && Node.Outputs[output].Length > 0;

    /// <summary>Element type of an input; undefined where it is not known before a run.</summary>
    public OnnxElementType TypeOf(int input)
        => Types is not null && input < Node.Inputs.Count ? Types.Of(Node.Inputs[input]) : OnnxElementType.Undefined;
}

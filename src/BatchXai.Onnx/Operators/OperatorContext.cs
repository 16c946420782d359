using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Graph;

namespace BatchXai.Onnx.Operators;

/// <summary>What a kernel is bound to.</summary>
/// <param name="Node">The node with its attributes.</param>
/// <param name="Opset">Version of the node's operator set.</param>
/// <param name="Owner">The graph that the node belongs to.</param>
/// <param name="Types">Element types of the graph's tensors.</param>
internal sealed record OperatorContext(OnnxNode Node, long Opset, BoundGraph Owner, StaticTypes Types)
{
    /// <summary>Whether an optional output is wanted.</summary>
    public bool Wants(int output) => output < Node.Outputs.Count && Node.Outputs[output].Length > 0;

    /// <summary>A subgraph attribute, ready to run.</summary>
    /// <exception cref="NotSupportedException">There is none of that name.</exception>
    public Subgraph Subgraph(string attribute) => Owner.Subgraph(Node, attribute);

    /// <summary>The outer values that the node's subgraphs read: they follow the inputs.</summary>
    public IReadOnlyDictionary<string, Value> Captured(Arguments inputs)
    {
        var captured = new Dictionary<string, Value>();
        for (var i = 0; i < Node.Captured.Count; i++)
        {
            captured[Node.Captured[i]] = inputs[Node.Inputs.Count + i];
        }

        return captured;
    }

    /// <summary>Element type of an input; undefined where it is not known before a run.</summary>
    public OnnxElementType TypeOf(int input)
        => input < Node.Inputs.Count ? Types.Of(Node.Inputs[input]) : OnnxElementType.Undefined;
}

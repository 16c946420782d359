using System.Collections.ObjectModel;
using System.Text;

namespace BatchXai.Onnx;

/// <summary>One operation of a graph.</summary>
public sealed record OnnxNode
{
    /// <summary>Position in <see cref="OnnxGraph.Nodes"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Name; the first output's where the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Operator, for example <c>Conv</c>.</summary>
    public required string OpType { get; init; }

    /// <summary>Operator set; empty for the standard one (<c>ai.onnx</c>).</summary>
    public required string Domain { get; init; }

    /// <summary>Which of several functions of the same name is meant; empty almost always.</summary>
    public string Overload { get; init; } = "";

    /// <summary>Names of the tensors read, in order; empty where an optional one is left out.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Names of the tensors made, in order; empty where an optional one is not wanted.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Parameters by name.</summary>
    public required IReadOnlyDictionary<string, OnnxAttribute> Attributes { get; init; }

    /// <summary>What the exporter noted about the node, such as the module it comes from.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>An integer attribute.</summary>
    public long Int(string name, long otherwise) => Attributes.GetValueOrDefault(name)?.Int ?? otherwise;

    /// <summary>An integer attribute, null when absent.</summary>
    public long? OptionalInt(string name) => Attributes.GetValueOrDefault(name)?.Int;

    /// <summary>A floating-point attribute.</summary>
    public float Float(string name, float otherwise) => Attributes.GetValueOrDefault(name)?.Float ?? otherwise;

    /// <summary>A text attribute.</summary>
    public string Text(string name, string otherwise)
        => Attributes.GetValueOrDefault(name)?.Text is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : otherwise;

    /// <summary>A list of integers, null when absent.</summary>
    public long[]? Ints(string name) => Attributes.TryGetValue(name, out var found) ? [.. found.Ints] : null;

    /// <summary>A list of numbers, null when absent.</summary>
    public float[]? Floats(string name) => Attributes.TryGetValue(name, out var found) ? [.. found.Floats] : null;

    /// <summary>A tensor attribute, null when absent.</summary>
    public OnnxTensor? Tensor(string name) => Attributes.GetValueOrDefault(name)?.Tensor;

    /// <summary>Outer tensors that subgraphs of this node read by name.</summary>
    internal IEnumerable<string> Captured => Attributes.Values
        .SelectMany(attribute => attribute.Graph is { } graph ? [graph] : attribute.Graphs)
        .SelectMany(graph => graph.FreeNames);
}

using System.Collections.ObjectModel;
using System.Text;

namespace BatchXai.Onnx;

/// <summary>One operation of a graph.</summary>
public sealed record OnnxNode
{
    private IReadOnlyList<string>? captured;

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

    /// <summary>Version of the operator set where a function that the node came from imports its own; null: the model's.</summary>
    internal long? Opset { get; init; }

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

    /// <summary>A node that gives a tensor a second name. Its position is set when it joins a graph.</summary>
    internal static OnnxNode Identity(string from, string to)
        => new() { Index = 0, Name = to, OpType = "Identity", Domain = "", Inputs = [from], Outputs = [to], Attributes = new Dictionary<string, OnnxAttribute>() };

    /// <summary>The same operation on other tensors.</summary>
    internal OnnxNode With(IReadOnlyList<string> inputs, IReadOnlyDictionary<string, OnnxAttribute> attributes)
        => this with { Inputs = inputs, Attributes = attributes, captured = null };

    /// <summary>Outer tensors that subgraphs of this node read by name, each once.</summary>
    public IReadOnlyList<string> Captured => captured ??=
    [
        .. Attributes.Values.SelectMany(attribute => attribute.Graph is { } graph ? [graph] : attribute.Graphs).SelectMany(graph => graph.FreeNames).Distinct(),
    ];

    /// <summary>Every tensor that the node depends on: its inputs in their places, then what its subgraphs capture.</summary>
    internal IReadOnlyList<string> Reads => Captured.Count == 0 ? Inputs : [.. Inputs, .. Captured];
}

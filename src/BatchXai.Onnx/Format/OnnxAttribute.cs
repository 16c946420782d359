namespace BatchXai.Onnx;

/// <summary>A named parameter of a node. Only the members of its kind are filled.</summary>
public sealed record OnnxAttribute
{
    /// <summary>Name, unique within the node.</summary>
    public required string Name { get; init; }

    /// <summary>A number.</summary>
    public float? Float { get; init; }

    /// <summary>An integer.</summary>
    public long? Int { get; init; }

    /// <summary>UTF-8 text or raw bytes.</summary>
    public ReadOnlyMemory<byte>? Text { get; init; }

    /// <summary>A constant tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>A subgraph, as of If and Loop.</summary>
    public OnnxGraph? Graph { get; init; }

    /// <summary>A constant tensor that the file stores by its non-zero elements; here with all of them.</summary>
    public OnnxTensor? SparseTensor { get; init; }

    /// <summary>Numbers.</summary>
    public IReadOnlyList<float> Floats { get; init; } = [];

    /// <summary>Integers.</summary>
    public IReadOnlyList<long> Ints { get; init; } = [];

    /// <summary>UTF-8 texts.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Constant tensors.</summary>
    public IReadOnlyList<OnnxTensor> Tensors { get; init; } = [];

    /// <summary>Subgraphs.</summary>
    public IReadOnlyList<OnnxGraph> Graphs { get; init; } = [];

    /// <summary>Within a function: the attribute of the calling node whose value this one takes; null for a value of its own.</summary>
    public string? ReferenceTo { get; init; }

    /// <summary>Which kind the file says this is, as <c>AttributeProto.AttributeType</c>; 0 in very old files.</summary>
    public int Kind { get; init; }
}

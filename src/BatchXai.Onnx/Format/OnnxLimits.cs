namespace BatchXai.Onnx;

/// <summary>What a model file may cost to read. Whatever exceeds it is refused with <see cref="OnnxFormatException"/>; the defaults leave room for every classifier known.</summary>
public sealed record OnnxLimits
{
    /// <summary>Bytes of the model file; external data not counted.</summary>
    public long FileBytes { get; init; } = int.MaxValue;

    /// <summary>Nodes, with those of subgraphs and functions.</summary>
    public int Nodes { get; init; } = 1_000_000;

    /// <summary>Constant tensors, with those in attributes.</summary>
    public int Tensors { get; init; } = 1_000_000;

    /// <summary>Messages within messages; a subgraph takes three levels.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Axes of a tensor; torch allows 64.</summary>
    public int Rank { get; init; } = 64;

    /// <summary>Elements of a tensor.</summary>
    public long Elements { get; init; } = 1L << 40;

    /// <summary>Entries of a list: a node's inputs, an attribute's numbers.</summary>
    public int ListLength { get; init; } = 1 << 24;

    /// <summary>Bytes of a name.</summary>
    public int NameLength { get; init; } = 1 << 16;

    /// <summary>Bytes that all names, texts, lists and re-packed tensors take in memory together. Weights that stay slices of the file are not counted.</summary>
    public long DecodedBytes { get; init; } = 1L << 31;
}

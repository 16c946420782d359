namespace BatchXai.Onnx.Format;

/// <summary>What the parsers of one model share: its limits, what has been spent of them, and the files beside it.</summary>
/// <param name="limits">The limits; null for the defaults.</param>
/// <param name="externalFiles">The files beside the model; null when the model is not a file.</param>
internal sealed class ParseContext(OnnxLimits? limits = null, ExternalFiles? externalFiles = null)
{
    private long decodedBytes;
    private int nodes;
    private int tensors;

    public OnnxLimits Limits { get; } = limits ?? new OnnxLimits();

    public ExternalFiles? ExternalFiles => externalFiles;

    public void AddNode(ref WireReader reader) => reader.Require(++nodes, Limits.Nodes, "nodes", nameof(OnnxLimits.Nodes));

    public void AddTensor(ref WireReader reader) => reader.Require(++tensors, Limits.Tensors, "tensors", nameof(OnnxLimits.Tensors));

    /// <summary>Call before memory of this size is taken.</summary>
    public void AddBytes(long bytes, ref WireReader reader)
    {
        decodedBytes += bytes;
        reader.Require(decodedBytes, Limits.DecodedBytes, "decoded bytes, with all before it", nameof(OnnxLimits.DecodedBytes));
    }
}

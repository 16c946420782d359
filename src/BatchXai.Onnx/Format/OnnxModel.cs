using System.Collections.ObjectModel;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx;

/// <summary>A parsed ONNX file. Holds managed memory only.</summary>
public sealed class OnnxModel
{
    private readonly IReadOnlyDictionary<string, long> opsets;

    internal OnnxModel(OnnxGraph graph, IReadOnlyDictionary<string, long> opsets)
        => (Graph, this.opsets) = (graph, opsets);

    /// <summary>Version of the file format.</summary>
    public long IrVersion { get; internal init; }

    /// <summary>The exporter and its version, for example <c>pytorch 2.6.0</c>; empty when the file does not say.</summary>
    public string Producer { get; internal init; } = "";

    /// <summary>What the exporter noted about the model.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The model's graph. Calls of functions that the model brings along are replaced by the functions' nodes.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The imported operator sets by domain.</summary>
    internal IReadOnlyDictionary<string, long> Opsets => opsets;

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="OnnxFormatException">The file is truncated, not ONNX, has no graph, contradicts itself or keeps its weights in another file.</exception>
    public static OnnxModel Load(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && file.Length > Array.MaxLength)
        {
            throw new OnnxFormatException($"'{path}' has {file.Length} bytes; a protobuf message cannot be larger than 2 GiB.");
        }

        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (OnnxFormatException error)
        {
            throw new OnnxFormatException($"'{path}': {error.Message}", error);
        }
    }

    /// <summary>Reads a model from memory. The bytes must not change while the model is used: weights are slices of them.</summary>
    /// <exception cref="OnnxFormatException">The bytes are truncated, not ONNX, have no graph, contradict themselves or keep weights elsewhere.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes) => ModelParser.Parse(bytes);

    /// <summary>Version of an operator set that the model uses; 0 when it does not import it.</summary>
    /// <param name="domain">Operator set; empty or <c>ai.onnx</c> is the standard one.</param>
    public long OpsetOf(string domain = "") => opsets.GetValueOrDefault(Canonical(domain));

    /// <summary>The same model with its graph rewritten.</summary>
    internal OnnxModel With(OnnxGraph graph) => new(graph, opsets) { IrVersion = IrVersion, Producer = Producer, Metadata = Metadata };

    /// <summary><c>ai.onnx</c> is another spelling of the empty domain.</summary>
    internal static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
}

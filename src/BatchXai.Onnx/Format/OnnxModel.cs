using System.Collections.ObjectModel;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx;

/// <summary>A parsed ONNX file. Needs no disposing: mapped files are let go with the last tensor that refers to them.</summary>
public sealed class OnnxModel
{
    // Below, a copy in memory is cheaper than a mapping.
    private const long MappedFrom = 16 << 20;

    private const string Standard = "ai.onnx";

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

    /// <summary>Paths of the files beside the model that hold weights of it (external data). The model is these files too.</summary>
    public IReadOnlyList<string> ExternalFiles { get; internal init; } = [];

    /// <summary>
    /// Reads a model file, and what it keeps in files beside it. Weights of large files stay there until a run needs them: the files must not
    /// change while the model is used.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may cost; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="OnnxFormatException">The file is truncated, not ONNX, has no graph, contradicts itself or exceeds a limit, or a file with its weights cannot be used.</exception>
    public static OnnxModel Load(string path, OnnxLimits? limits = null)
    {
        limits ??= new OnnxLimits();
        var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        if (length > Math.Min(limits.FileBytes, Array.MaxLength))
        {
            throw new OnnxFormatException($"'{path}' has {length} bytes, where {Math.Min(limits.FileBytes, Array.MaxLength)} are allowed; a protobuf message cannot be larger than 2 GiB. Export the weights as external data.");
        }

        try
        {
            var bytes = length < MappedFrom ? File.ReadAllBytes(path) : MappedFile.Open(path).Slice(0, (int)length);
            var model = ModelParser.Parse(bytes, new ParseContext(limits, new ExternalFiles(Path.GetDirectoryName(Path.GetFullPath(path))!)));
            GC.KeepAlive(bytes);
            return model;
        }
        catch (OnnxFormatException error)
        {
            throw new OnnxFormatException($"'{path}': {error.Message}", error);
        }
    }

    /// <summary>Reads a model from memory. The bytes must not change while the model is used: weights are slices of them.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="limits">What it may cost; null for the defaults.</param>
    /// <exception cref="OnnxFormatException">The bytes are truncated, not ONNX, have no graph, contradict themselves, exceed a limit or keep weights elsewhere.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, OnnxLimits? limits = null) => ModelParser.Parse(bytes, new ParseContext(limits));

    /// <summary>Version of an operator set that the model uses; 0 when it does not import it.</summary>
    /// <param name="domain">Operator set; empty or <c>ai.onnx</c> is the standard one.</param>
    public long OpsetOf(string domain = "") => opsets.GetValueOrDefault(Canonical(domain));

    /// <summary>The same model with its graph rewritten.</summary>
    internal OnnxModel With(OnnxGraph graph) => new(graph, opsets) { IrVersion = IrVersion, Producer = Producer, Metadata = Metadata, ExternalFiles = ExternalFiles };

    /// <summary><c>ai.onnx</c> is another spelling of the empty domain.</summary>
    internal static string Canonical(string domain) => domain == Standard ? "" : domain;

    /// <summary>The name of an operator set as people read it.</summary>
    internal static string Shown(string domain) => domain.Length == 0 ? Standard : domain;
}

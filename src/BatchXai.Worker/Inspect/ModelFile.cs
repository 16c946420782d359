using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.TorchScript;

namespace BatchXai.Worker.Inspect;

/// <summary>A model file that was read, of either format; a classifier is made of it on a thread that may use torch.</summary>
public abstract class ModelFile : IDisposable
{
    /// <summary>Kind of file: "onnx" or "torchscript".</summary>
    public abstract string Format { get; }

    /// <summary>Opset of the default domain; 0 where the format has none.</summary>
    public virtual long Opset => 0;

    /// <summary>Program that wrote the file, as far as it says.</summary>
    public virtual string Producer => "";

    /// <summary>Files beside the model that hold weights of it.</summary>
    public virtual IReadOnlyList<string> WeightFiles => [];

    /// <summary>Bytes of all its files: about what its weights take.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Operators with the number of nodes or layers.</summary>
    public abstract IReadOnlyList<OperatorCount> Operators { get; }

    /// <summary>Reads a file; a TorchScript archive is tried in a process of its own.</summary>
    /// <exception cref="OnnxFormatException">Not an ONNX model, or damaged.</exception>
    /// <exception cref="ScriptModelException">Not a TorchScript archive that can run, or not trusted.</exception>
    /// <exception cref="UnsuitableModelException">The size of the images is needed and was not given.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<ModelFile> ReadAsync(ModelSpec spec, CancellationToken cancellationToken)
    {
        ModelFile file = await IsTorchScriptAsync(spec.Path, cancellationToken) ? await ScriptFile.PrepareAsync(spec, cancellationToken) : new OnnxFile(OnnxModel.Load(spec.Path));
        file.Bytes = file.WeightFiles.Prepend(spec.Path).Sum(path => new FileInfo(path).Length);
        return file;
    }

    /// <summary>Whether a file begins as a zip archive or a pickle, as torch.save and torch.jit.save write them. No ONNX model does.</summary>
    public static async Task<bool> IsTorchScriptAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var start = new byte[4];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return start.AsSpan(0, read) is [(byte)'P', (byte)'K', 3, 4] or [0x80, 2, ..];
    }

    /// <summary>Makes the classifier.</summary>
    public abstract Classifier Load(ClassifierOptions options);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what belongs to the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Counts names.</summary>
    protected static IReadOnlyList<OperatorCount> Count(IEnumerable<string> names) =>
        [.. names.CountBy(name => name).OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => new OperatorCount(name.Key, name.Value))];

    private sealed class OnnxFile(OnnxModel model) : ModelFile
    {
        public override string Format => "onnx";

        public override long Opset => model.OpsetOf();

        public override string Producer => model.Producer;

        public override IReadOnlyList<string> WeightFiles => model.ExternalFiles;

        public override IReadOnlyList<OperatorCount> Operators => Count(model.Graph.Nodes.Select(node => node.OpType));

        public override Classifier Load(ClassifierOptions options) => Classifier.Load(model, options);
    }
}

using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Execution;
using BatchXai.TorchScript.Probe;
using BatchXai.TorchScript.Rewrite;

namespace BatchXai.TorchScript;

/// <summary>A TorchScript model that was read, rewritten so that its layers can be looked at, and tried in a process of its own.</summary>
public sealed class PreparedScript : IDisposable
{
    private readonly string path;
    private readonly bool isCopy;

    private PreparedScript(ScriptRequest request, string path, bool isCopy, ProbeReport report, IReadOnlyList<ScriptLayer> layers, int beforeAttention, string? noLayersReason)
    {
        (this.path, this.isCopy, NoLayersReason) = (path, isCopy, noLayersReason);
        (Channels, Height, Width) = (request.Channels, request.Height, request.Width);
        Layers = [.. layers.Select(layer => layer with { Shape = report.Shapes.GetValueOrDefault(layer.Index, []) })];
        Target = report.Target is { } target && target >= beforeAttention && !SoftmaxFollows(target) ? Layers[target] : null;
        Logits = report.Logits is { } logits ? Layers[logits] : null;
        Activation = report.Activation;
        Scores = report.Scores;
        FixedBatch = report.FixedBatch;
    }

    /// <summary>Channels of its images.</summary>
    public int Channels { get; }

    /// <summary>Height of its images in pixels.</summary>
    public int Height { get; }

    /// <summary>Width of its images in pixels.</summary>
    public int Width { get; }

    /// <summary>Layers that can be looked at, in order of the code, with their shapes.</summary>
    public IReadOnlyList<ScriptLayer> Layers { get; }

    /// <summary>
    /// The last layer with the proportions of the image that all of the scores pass; null when there is none, or attention follows it, so that
    /// its places no longer belong to places of the image.
    /// </summary>
    public ScriptLayer? Target { get; }

    /// <summary>The layer that holds the scores before <see cref="Activation"/>, where gradients do not vanish; null when there is none.</summary>
    public ScriptLayer? Logits { get; }

    /// <summary>What the model does to its scores at the end.</summary>
    public FinalActivation Activation { get; }

    /// <summary>Why <see cref="Layers"/> is empty: the model runs, but only as a whole. Null when it is not empty.</summary>
    public string? NoLayersReason { get; }

    /// <summary>Shape of the scores, of one image or of <see cref="FixedBatch"/>.</summary>
    public IReadOnlyList<long> Scores { get; }

    /// <summary>The batch size that the model insists on, null for any.</summary>
    public int? FixedBatch { get; }

    /// <summary>Reads, rewrites and tries a model.</summary>
    /// <exception cref="ScriptModelException">The file is not TorchScript, is not trusted, or its model cannot be run on such images.</exception>
    public static async Task<PreparedScript> PrepareAsync(ScriptRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var archive = ScriptArchive.Open(request.Path, request.ArchiveLimits);
        if (!request.Trusted)
        {
            throw new ScriptModelException(ScriptProblem.NotTrusted, $"{request.Path} is a TorchScript archive: loading it runs the code in it. Say that you trust its author, or use an ONNX file, which is only data.");
        }

        var (copy, reason) = await TryCopyAsync(archive, request, cancel);
        if (copy is not null)
        {
            return copy;
        }

        var report = await Probe(request).RunAsync(new ProbeJob(request.Path, HasLayers: false, request.Channels, request.Height, request.Width), cancel);
        return new PreparedScript(request, request.Path, isCopy: false, report, [], 0, reason);
    }

    /// <summary>Loads the model into this process.</summary>
    /// <exception cref="ScriptModelException">torch cannot load it onto that device.</exception>
    public ScriptModel Load(torch.Device device) => ScriptModel.Load(path, isCopy, device);

    /// <summary>Deletes the rewritten copy. Models that were loaded go on.</summary>
    public void Dispose()
    {
        if (isCopy)
        {
            File.Delete(path);
        }
    }

    /// <summary>The rewritten model; null and why, when only the model as it is may run.</summary>
    private static async Task<(PreparedScript? Prepared, string? Reason)> TryCopyAsync(ScriptArchive archive, ScriptRequest request, CancellationToken cancel)
    {
        var path = Path.Combine(request.Folder ?? Path.GetTempPath(), $"batchxai-script-{Guid.NewGuid():N}.pt");
        var kept = false;
        try
        {
            var code = ScriptCode.Rewrite(archive);
            ArchiveWriter.Write(archive, code.Files, path);
            var report = await Probe(request).RunAsync(new ProbeJob(path, HasLayers: true, request.Channels, request.Height, request.Width), cancel);
            kept = true;
            return (new PreparedScript(request, path, isCopy: true, report, code.Layers, code.BeforeAttention, code.Layers.Count == 0 ? "No submodule or operator was found in its code." : null), null);
        }
        catch (NotSupportedException unusual)
        {
            return (null, $"Its layers cannot be looked at, because {unusual.Message}.");
        }
        catch (ScriptModelException failure) when (failure.Problem is ScriptProblem.Crashed or ScriptProblem.Failed)
        {
            return (null, $"Its layers cannot be looked at. {failure.Message}");
        }
        finally
        {
            if (!kept)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>A softmax over anything but scores: attention by another name.</summary>
    private bool SoftmaxFollows(int layer) => Layers.Skip(layer + 1).Any(later => later is { Kind: "softmax" or "Softmax", Shape.Count: > 2 });

    private static ScriptProbe Probe(ScriptRequest request) => new(request.Probe, request.ProbeLimits, TimeProvider.System);
}

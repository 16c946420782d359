using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;

namespace BatchXai.Worker.Explain;

/// <summary>Classifiers by content: a model is loaded once, however many audits explain it. All loading happens on the torch thread.</summary>
internal sealed class ModelCache(TorchThread torch) : IDisposable
{
    private const int Most = 2;
    private readonly List<(Key Key, Classifier Classifier)> loaded = [];

    /// <summary>The classifier that a model file and its settings make.</summary>
    public Task<Classifier> GetAsync(ModelSpec spec, string hash, CancellationToken cancellationToken) => torch.RunAsync(() => Get(spec, hash, () => OnnxModel.Load(spec.Path)), cancellationToken);

    /// <summary>The same, for who is on the torch thread already; the file is read only when its classifier is not here.</summary>
    public Classifier Get(ModelSpec spec, string hash, Func<OnnxModel> read)
    {
        var key = new Key(hash, spec.Layer, spec.Output, spec.Preprocess.Width, spec.Preprocess.Height);
        var at = loaded.FindIndex(entry => entry.Key == key);
        var entry = at >= 0 ? loaded[at] : (Key: key, Classifier: Load(spec, read()));
        if (at >= 0)
        {
            loaded.RemoveAt(at);
        }

        loaded.Add(entry);
        while (loaded.Count > Most)
        {
            loaded[0].Classifier.Dispose();
            loaded.RemoveAt(0);
        }

        return entry.Classifier;
    }

    public void Dispose()
    {
        foreach (var (_, classifier) in loaded)
        {
            classifier.Dispose();
        }

        loaded.Clear();
    }

    public static Classifier Load(ModelSpec spec, OnnxModel model) => Classifier.Load(
        model,
        new ClassifierOptions { Layer = spec.Layer, Output = spec.Output, Width = spec.Preprocess.Width, Height = spec.Preprocess.Height, Device = TorchDevice.Best() });

    private sealed record Key(string Hash, string? Layer, string? Output, int? Width, int? Height);
}

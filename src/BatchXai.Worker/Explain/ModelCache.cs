using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx.Torch;
using BatchXai.Worker.Inspect;

namespace BatchXai.Worker.Explain;

/// <summary>Classifiers by content: a model is loaded once, however many audits explain it. All loading happens on the torch thread.</summary>
internal sealed class ModelCache(TorchThread torch) : IDisposable
{
    private const int Most = 2;
    private readonly List<(Key Key, Classifier Classifier)> loaded = [];

    /// <summary>The classifier that a model file and its settings make; the file is read only when its classifier is not here.</summary>
    public async Task<Classifier> GetAsync(ModelSpec spec, string hash, CancellationToken cancellationToken)
    {
        if (await torch.RunAsync(() => Find(KeyOf(spec, hash)), cancellationToken) is { } known)
        {
            return known;
        }

        using var file = await ModelFile.ReadAsync(spec, cancellationToken);
        return await GetAsync(spec, hash, file, cancellationToken);
    }

    /// <summary>The same for a file that has been read.</summary>
    public Task<Classifier> GetAsync(ModelSpec spec, string hash, ModelFile file, CancellationToken cancellationToken) =>
        torch.RunAsync(() => Find(KeyOf(spec, hash)) ?? Add(KeyOf(spec, hash), file.Load(OptionsOf(spec))), cancellationToken);

    public static ClassifierOptions OptionsOf(ModelSpec spec) =>
        new() { Layer = spec.Layer, Output = spec.Output, Width = spec.Preprocess.Width, Height = spec.Preprocess.Height, Device = TorchDevice.Best() };

    public void Dispose()
    {
        foreach (var (_, classifier) in loaded)
        {
            classifier.Dispose();
        }

        loaded.Clear();
    }

    private static Key KeyOf(ModelSpec spec, string hash) => new(hash, spec.Layer, spec.Output, spec.Preprocess.Width, spec.Preprocess.Height);

    private Classifier? Find(Key key)
    {
        var at = loaded.FindIndex(entry => entry.Key == key);
        if (at < 0)
        {
            return null;
        }

        var entry = loaded[at];
        loaded.RemoveAt(at);
        return Add(key, entry.Classifier);
    }

    // The last one used stands last; the first goes when there are too many.
    private Classifier Add(Key key, Classifier classifier)
    {
        loaded.Add((key, classifier));
        while (loaded.Count > Most)
        {
            loaded[0].Classifier.Dispose();
            loaded.RemoveAt(0);
        }

        return classifier;
    }

    private sealed record Key(string Hash, string? Layer, string? Output, int? Width, int? Height);
}

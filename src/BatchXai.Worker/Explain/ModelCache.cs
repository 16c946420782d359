using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Worker.Inspect;

namespace BatchXai.Worker.Explain;

/// <summary>
/// Classifiers by content: a model is loaded once, however many audits explain it. Those that nobody uses stay as long as all fit the limit; the one that
/// was used longest ago goes first. All loading and freeing happens on the torch thread.
/// </summary>
internal sealed class ModelCache(TorchThread torch, WorkerDevice device, ModelFiles files, WorkerOptions options) : IDisposable
{
    private readonly long most = (long)(options.ModelGiB * (1L << 30));
    private readonly List<Entry> loaded = [];

    /// <summary>The classifier that a model and its settings make; the file is fetched and read only when its classifier is not here.</summary>
    public async Task<ModelLease> RentAsync(ModelSpec spec, string hash, CancellationToken cancellationToken)
    {
        var found = await torch.RunAsync(() => Find(KeyOf(spec, hash)), cancellationToken);
        WorkerMetrics.Model(hit: found is not null);
        if (found is { } known)
        {
            return known;
        }

        using var local = await files.FetchAsync(spec, hash, cancellationToken);
        using var file = await ModelFile.ReadAsync(local.Spec, cancellationToken);
        return await RentAsync(local.Spec, hash, file, cancellationToken);
    }

    /// <summary>The same for a file that has been read.</summary>
    public Task<ModelLease> RentAsync(ModelSpec spec, string hash, ModelFile file, CancellationToken cancellationToken) =>
        torch.RunAsync(() => Find(KeyOf(spec, hash)) ?? Add(KeyOf(spec, hash), file.Bytes, () => file.Load(OptionsOf(spec, device.Torch))), cancellationToken);

    public static ClassifierOptions OptionsOf(ModelSpec spec, TorchSharp.torch.Device device) =>
        new() { Layer = spec.Layer, Output = spec.Output, Width = spec.Preprocess.Width, Height = spec.Preprocess.Height, Device = device };

    public void Dispose()
    {
        loaded.ForEach(entry => entry.Classifier.Dispose());
        loaded.Clear();
    }

    private static Key KeyOf(ModelSpec spec, string hash) => new(hash, spec.Layer, spec.Output, spec.Preprocess.Width, spec.Preprocess.Height);

    private ModelLease? Find(Key key)
    {
        if (loaded.Find(entry => entry.Key == key) is not { } entry)
        {
            return null;
        }

        // The last one used stands last.
        loaded.Remove(entry);
        loaded.Add(entry);
        return entry.Rent();
    }

    private ModelLease Add(Key key, long bytes, Func<Classifier> load)
    {
        // Room is made before the model is loaded, so that both are never held at once.
        while (loaded.Sum(entry => entry.Bytes) + bytes > most && loaded.Find(entry => !entry.IsUsed) is { } oldest)
        {
            oldest.Classifier.Dispose();
            loaded.Remove(oldest);
        }

        var entry = new Entry(key, bytes, load());
        loaded.Add(entry);
        return entry.Rent();
    }

    private sealed record Key(string Hash, string? Layer, string? Output, int? Width, int? Height);

    private sealed class Entry(Key key, long bytes, Classifier classifier)
    {
        private int users;

        public Key Key => key;

        public long Bytes => bytes;

        public Classifier Classifier => classifier;

        public bool IsUsed => Volatile.Read(ref users) > 0;

        public ModelLease Rent()
        {
            Interlocked.Increment(ref users);
            return new(classifier, () => Interlocked.Decrement(ref users));
        }
    }
}

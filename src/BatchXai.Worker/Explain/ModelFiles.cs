using BatchXai.Contracts.Models;
using BatchXai.Storage.Cache;

namespace BatchXai.Worker.Explain;

/// <summary>Brings a model's files to this machine.</summary>
internal sealed class ModelFiles(WorkerOptions options, FileCache cache)
{
    /// <summary>The model with paths on this machine. TorchScript that is not to run here counts as not trusted, whatever the request says.</summary>
    /// <param name="spec">The model, at its locations.</param>
    /// <param name="hash">Its content; null: not known yet.</param>
    /// <param name="cancellationToken">Stops the fetching.</param>
    public async Task<LocalModel> FetchAsync(ModelSpec spec, string? hash, CancellationToken cancellationToken)
    {
        var files = await cache.GetAsync([spec.Path, .. spec.WeightFiles], hash, cancellationToken);
        return new(spec with { Path = files.Paths[0], WeightFiles = [.. files.Paths.Skip(1)], Trusted = spec.Trusted && options.TrustScripts }, files);
    }
}

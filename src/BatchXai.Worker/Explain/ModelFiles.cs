using BatchXai.Contracts.Models;

namespace BatchXai.Worker.Explain;

/// <summary>Brings a model's files to this machine.</summary>
internal sealed class ModelFiles(WorkerOptions options)
{
    /// <summary>The model with paths on this machine. TorchScript that is not to run here counts as not trusted, whatever the request says.</summary>
    public Task<LocalModel> FetchAsync(ModelSpec spec, string? hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new LocalModel(spec with { Trusted = spec.Trusted && options.TrustScripts }));
    }
}

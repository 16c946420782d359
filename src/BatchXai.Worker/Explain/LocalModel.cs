using BatchXai.Contracts.Models;
using BatchXai.Storage.Cache;

namespace BatchXai.Worker.Explain;

/// <summary>A model whose files are on this machine until this is disposed.</summary>
internal sealed class LocalModel(ModelSpec spec, CachedFiles files) : IDisposable
{
    public ModelSpec Spec => spec;

    public void Dispose() => files.Dispose();
}

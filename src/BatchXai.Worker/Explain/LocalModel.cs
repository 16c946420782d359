using BatchXai.Contracts.Models;

namespace BatchXai.Worker.Explain;

/// <summary>A model whose files are on this machine until this is disposed.</summary>
internal sealed class LocalModel(ModelSpec spec) : IDisposable
{
    public ModelSpec Spec => spec;

    public void Dispose()
    {
    }
}

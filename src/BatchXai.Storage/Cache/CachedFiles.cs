namespace BatchXai.Storage.Cache;

/// <summary>Files of this machine that stay until this is disposed, whatever the cache must drop meanwhile.</summary>
public sealed class CachedFiles : IDisposable
{
    private readonly IDisposable? held;

    internal CachedFiles(IReadOnlyList<string> paths, IDisposable? held) => (Paths, this.held) = (paths, held);

    /// <summary>Their paths, in the order in which they were asked for. All lie in one folder if they had to be fetched.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Lets the cache drop them.</summary>
    public void Dispose() => held?.Dispose();
}

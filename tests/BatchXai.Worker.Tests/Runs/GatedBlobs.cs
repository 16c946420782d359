using System.Collections.Concurrent;
using BatchXai.Storage.Blobs;

namespace BatchXai.Worker.Tests.Runs;

/// <summary>A folder of blobs; manifests can be held back, so that a run stays where it is, and questions are counted.</summary>
internal sealed class GatedBlobs(IBlobStore inner) : IBlobStore
{
    private TaskCompletionSource gate = Opened();

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Makes the next reads fail as a store does that is away.</summary>
    public bool IsAway { get; set; }

    /// <summary>From now on nobody gets a manifest, until <see cref="Open"/>.</summary>
    public void Close() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => gate.TrySetResult();

    public async Task<Stream> OpenReadAsync(string address, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new IOException("the store does not answer");
        }

        if (address.Contains("/manifest/", StringComparison.Ordinal))
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return await inner.OpenReadAsync(address, cancellationToken);
    }

    public Task<bool> ExistsAsync(string address, CancellationToken cancellationToken)
    {
        Asked.Enqueue(address);
        return inner.ExistsAsync(address, cancellationToken);
    }

    public Task WriteAsync(string address, Stream content, CancellationToken cancellationToken) => inner.WriteAsync(address, content, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string prefix, CancellationToken cancellationToken) => inner.DeleteAsync(prefix, cancellationToken);

    public Task<Uri?> LinkAsync(string address, TimeSpan lifetime, CancellationToken cancellationToken) => inner.LinkAsync(address, lifetime, cancellationToken);

    public string LocationOf(string address) => inner.LocationOf(address);

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}

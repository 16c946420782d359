using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Clusters.Sabotage;

/// <summary>The store of a worker. Items of a shard come out of their manifest at a pace, and some of them are its process's last.</summary>
public sealed class SabotagedManifests(IBlobStore store, SabotagePlan plan) : IBlobStore
{
    public async Task<Stream> OpenReadAsync(string address, CancellationToken cancellationToken)
    {
        var blob = await store.OpenReadAsync(address, cancellationToken);
        if (!address.Contains("/manifest/", StringComparison.Ordinal))
        {
            return blob;
        }

        await using (blob)
        {
            var items = new List<DatasetItem>();
            await foreach (var item in ManifestLines.ReadAsync(blob, cancellationToken))
            {
                items.Add(item);
            }

            return new SabotagedItems(items, plan);
        }
    }

    public Task WriteAsync(string address, Stream content, CancellationToken cancellationToken) => store.WriteAsync(address, content, cancellationToken);

    public Task<bool> ExistsAsync(string address, CancellationToken cancellationToken) => store.ExistsAsync(address, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string prefix, CancellationToken cancellationToken) => store.DeleteAsync(prefix, cancellationToken);

    public Task<Uri?> LinkAsync(string address, TimeSpan lifetime, CancellationToken cancellationToken) => store.LinkAsync(address, lifetime, cancellationToken);

    public string LocationOf(string address) => store.LocationOf(address);
}
